"""The courses that trainings can be made from, as staff read them before a training."""

from flask import g, render_template, request, url_for

from lms import ui
from lms.access import allow, staff
from lms.content.queries import all_versions, course_of
from lms.content.render import render_page
from lms.errors import NotAllowed
from lms.language import current
from lms.trainings.queries.courses import trainings_by_version
from lms.trainings.routes import blueprint
from lms.trainings.screens.trainee import WHOLE, module_list, page_screen

course_reader = staff("author", "trainer", "office", "administrator")


def reader_of_course(version: str, **_arguments: object) -> None:
    """Authors, trainers, the office and administrators, of a version that exists."""
    course_reader()
    try:
        g.course = course_of(version)
    except LookupError:
        raise NotAllowed() from None


@blueprint.get("/courses")
@allow(course_reader)
def courses() -> ui.Answer:
    """Every stored version, the newest of each course first, with how many trainings keep to it."""
    screen = {"versions": all_versions(), "held": trainings_by_version()}
    return render_template("trainings/staff/courses.html", **screen)


@blueprint.get("/courses/<version>")
@allow(reader_of_course)
def course(version: str) -> ui.Answer:
    """One version: what it teaches, its programme, its surveys."""
    screen = {"version": version, "course": g.course, "modules": module_list(g.course)}
    return render_template("trainings/staff/course.html", **screen)


@blueprint.get("/courses/<version>/pages/<key>")
@allow(reader_of_course)
def course_page(version: str, key: str) -> ui.Answer:
    """A page of the course, as trainees will read it."""
    part = max(request.args.get("part", WHOLE, type=int), WHOLE)
    try:
        page = render_page(g.course, key, current())
        screen = page_screen(g.course, page, part, current())
    except LookupError:
        raise NotAllowed() from None
    back = url_for(".course", version=version)
    return render_template("trainings/staff/course_page.html", page=page, screen=screen, version=version, back=back)
