"""The trainer's side: opening and closing, the code on the wall, links to follow-ups, the remark desk."""

from binascii import unhexlify

from flask import Response, flash, g, render_template, url_for

from lms import mail, ui
from lms.access import allow
from lms.content.queries import course_of
from lms.errors import NotAllowed
from lms.language import gettext, ngettext
from lms.surveys import slips
from lms.surveys.access import trainer_of_follow_up, trainer_of_survey
from lms.surveys.actions import follow_ups, openings, remarks
from lms.surveys.forms import RemarkForm
from lms.surveys.queries import evaluations
from lms.surveys.routes import blueprint
from lms.surveys.screens import staff as screens
from lms.surveys.sitting import survey_name
from lms.trainings.access import member_of, trainer_of
from lms.trainings.screens.addresses import absolute, qr

ALL = "/trainings/<int:training_id>/surveys"
ONE = f"{ALL}/<survey>/<any(pre, post, once):moment>"


@blueprint.get(ALL)
@allow(trainer_of)
def overview(training_id: int) -> ui.Answer:
    """Every survey of the training: where it stands, and what to do."""
    screen = screens.overview(g.training, course_of(g.training.course_hash))
    return render_template("surveys/overview.html", training=g.training, screen=screen, can_mail=mail.can_send())


@blueprint.get(f"{ALL}/progress")
@allow(member_of)
def progress_part(training_id: int) -> ui.Answer:
    """For the dashboard: how far the open surveys are."""
    surveys = screens.under_way(g.training, course_of(g.training.course_hash))
    return render_template("surveys/_progress.html", training=g.training, surveys=surveys, mine=g.part == "trainer")


@blueprint.post(f"{ONE}/open")
@allow(trainer_of_survey)
def open_survey(training_id: int, **_path: object) -> ui.Answer:
    """Open it, or open it again."""
    openings.open_survey(g.training, g.survey, g.moment)
    flash(gettext("“%(name)s” is open.", name=survey_name(g.survey, g.moment)), "ok")
    return ui.to(url_for(".overview", training_id=training_id))


@blueprint.post(f"{ONE}/close")
@allow(trainer_of_survey)
def close_survey(training_id: int, **_path: object) -> ui.Answer:
    """Close it."""
    swept = openings.close_survey(g.training, g.survey, g.moment)
    flash(gettext("“%(name)s” is closed.", name=survey_name(g.survey, g.moment)), "ok")
    if not swept:
        flash(
            gettext("The database was too busy to be swept. Ask the administrator to run: flask surveys sweep"), "warn"
        )
    return ui.to(url_for(".overview", training_id=training_id))


@blueprint.post(f"{ALL}/<survey>/extend")
@allow(trainer_of_follow_up)
def extend_survey(training_id: int, **_path: object) -> ui.Answer:
    """Two more weeks."""
    openings.extend_survey(g.training, g.survey)
    flash(gettext("The follow-up stays open for two more weeks."), "ok")
    return ui.to(url_for(".overview", training_id=training_id))


@blueprint.get(f"{ONE}/wall")
@allow(trainer_of_survey)
def wall(training_id: int, survey: str, moment: str) -> ui.Answer:
    """For the projector: a picture to point a phone at."""
    address = absolute(url_for(".survey", training_id=training_id, survey=survey, moment=moment))
    name = survey_name(g.survey, g.moment)
    return render_template("surveys/wall.html", training=g.training, name=name, address=address, picture=qr(address))


@blueprint.post(f"{ALL}/<survey>/mail")
@allow(trainer_of_follow_up)
def mail_links(training_id: int, **_path: object) -> ui.Answer:
    """A personal link by mail to everybody who gave an address and has none yet."""
    links = follow_ups.make_links(g.training, g.survey, by_mail=True) if mail.can_send() else []
    subject, text = slips.mail_text(g.training, g.survey)
    sent = [
        link.participant.id
        for link in links
        if mail.send(link.participant.email, subject, text.replace("{link}", _address(link)))
    ]
    follow_ups.note_sent(g.training, g.survey, sent)
    flash(ngettext("%(num)s message was sent.", "%(num)s messages were sent.", len(sent)), "ok" if sent else "warn")
    return ui.to(url_for(".overview", training_id=training_id))


@blueprint.post(f"{ALL}/<survey>/slips")
@allow(trainer_of_follow_up)
def print_slips(training_id: int, survey: str) -> ui.Answer:
    """Printed slips with personal links for those whom no mail has reached."""
    links = follow_ups.make_links(g.training, g.survey, by_mail=False)
    content = slips.sheet(g.training, g.survey, [(link.participant.name, _address(link)) for link in links])
    response = Response(content, content_type="application/pdf")
    response.headers["Content-Disposition"] = f"attachment; filename={survey}-{training_id}.pdf"
    return response


@blueprint.get(f"{ALL}/remarks")
@allow(trainer_of)
def remark_desk(training_id: int) -> ui.Answer:
    """What people wrote in their own words, after the close: take names out, choose what is printed."""
    evaluation = course_of(g.training.course_hash).evaluation
    if evaluation is None:
        raise NotAllowed()
    groups = screens.remark_groups(evaluation, evaluations.desk(training_id))
    return render_template("surveys/remarks.html", training=g.training, groups=groups, form=RemarkForm(formdata=None))


@blueprint.post(f"{ALL}/remarks/<key>")
@allow(trainer_of)
def treat_remark(training_id: int, key: str) -> ui.Answer:
    """Redact or quote one remark."""
    form = RemarkForm()
    if form.sent():
        remarks.treat(training_id, _bytes(key), (form.text.data or "").strip(), form.quoted.data)
        flash(gettext("Saved."), "ok")
    return ui.to(url_for(".remark_desk", training_id=training_id) + f"#r-{key}")


def _address(link: follow_ups.PersonalLink) -> str:
    return absolute(url_for(".survey", token=link.token))


def _bytes(key: str) -> bytes:
    try:
        return unhexlify(key)
    except ValueError:
        raise NotAllowed() from None
