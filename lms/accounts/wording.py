"""The audit log in words: a sentence for every action, the kinds of actions, and what stands beside them.

Every action that is recorded anywhere needs a line here; tests/accounts/test_audit.py looks for them in the sources.
"""

import json
from collections.abc import Mapping
from typing import Any

from lms.accounts.forms import ROLE_NAMES
from lms.language import gettext as _
from lms.ui import N_

KINDS = {
    "people": N_("People and access"),
    "trainings": N_("Trainings"),
    "courses": N_("Courses and cases"),
    "reports": N_("Teams and reports"),
    "certificates": N_("Certificates"),
    "exports": N_("Files taken away"),
}
SENTENCES: Mapping[str, Mapping[str, str]] = {
    "people": {
        "account.invited": N_("invited to an account"),
        "account.authenticator": N_("authenticator set up"),
        "account.recovery-codes": N_("new recovery codes made"),
        "account.signed-out-elsewhere": N_("other browsers signed out"),
        "account.reset": N_("new access link made"),
        "account.password": N_("password changed"),
        "account.roles": N_("roles and access saved"),
        "training.staff_appointed": N_("given a part in a training"),
        "training.staff_dismissed": N_("part in a training taken away"),
    },
    "trainings": {
        "training.created": N_("training made"),
        "training.changed": N_("training changed"),
        "training.lobby_opened": N_("joining opened"),
        "training.lobby_closed": N_("joining closed"),
        "training.closed": N_("training closed"),
        "training.reopened": N_("training opened again"),
        "training.team_invited": N_("local team invited"),
        "training.team_dropped": N_("local team no longer invited"),
        "training.partner_added": N_("partner added"),
        "training.partner_changed": N_("partner changed"),
        "training.partner_removed": N_("partner removed"),
        "training.partner_moved": N_("order of partners changed"),
        "programme.changed": N_("programme changed"),
        "programme.shifted": N_("programme moved in time"),
        "attendance.opened": N_("attendance of a half-day opened"),
        "attendance.closed": N_("attendance of a half-day closed"),
        "attendance.noted": N_("attendance noted"),
        "participant.added": N_("participant added"),
        "participant.changed": N_("participant's data changed"),
        "participant.removed": N_("participant removed"),
        "participant.merged": N_("two entries of one person merged"),
        "participant.resume_code": N_("code for continuing on another device made"),
        "participant.device_ended": N_("device signed out"),
        "run.made": N_("exercise set up"),
        "run.removed": N_("exercise taken back"),
        "run.typed": N_("exercise on paper typed in"),
        "run.typed_again": N_("scene of an exercise on paper typed in again"),
        "plan.added": N_("line added to an improvement plan"),
        "plan.changed": N_("line of an improvement plan changed"),
        "plan.dropped": N_("line of an improvement plan removed"),
        "run.overridden": N_("facilitator stepped in during an exercise"),
        "run.seat_given": N_("seat in an exercise given to somebody else"),
        "roster.uploaded": N_("list of participants uploaded"),
        "roster.discarded": N_("uploaded list discarded"),
        "roster.imported": N_("list of participants taken over"),
        "survey.opened": N_("questionnaire opened"),
        "survey.closed": N_("questionnaire closed"),
        "survey.extended": N_("questionnaire kept open longer"),
        "survey.links": N_("personal links to a questionnaire made"),
        "survey.key_destroyed": N_("key of the coded answers destroyed"),
        "survey.retired": N_("evaluation taken apart into totals"),
    },
    "courses": {
        "course.published": N_("course published"),
        "draft.discarded": N_("draft of a course thrown away"),
    },
    "reports": {
        "team.added": N_("local team added to the register"),
        "team.changed": N_("data of a local team changed"),
        "team.seat": N_("place in a local team saved"),
        "team.activity": N_("activity of a local team saved"),
        "team.plan": N_("plan of a local team saved"),
        "series.made": N_("joint report made"),
        "series.changed": N_("joint report changed"),
        "series.dropped": N_("joint report deleted"),
        "series.published": N_("joint report shown to its readers"),
        "series.withdrawn": N_("joint report no longer shown to its readers"),
        "figure.kept": N_("published figure saved"),
        "figure.dropped": N_("published figure removed"),
        "finding.added": N_("conclusion or recommendation added"),
        "finding.changed": N_("conclusion or recommendation changed"),
        "finding.dropped": N_("conclusion or recommendation removed"),
    },
    "certificates": {
        "certificates.issued": N_("certificates issued"),
        "certificate.issued": N_("certificate issued"),
        "certificate.corrected": N_("certificate replaced by a corrected one"),
        "certificate.revoked": N_("certificate declared void"),
    },
    "exports": {
        "export.made": N_("file downloaded"),
        "report.exported": N_("report downloaded"),
        "certificates.exported": N_("certificates downloaded"),
    },
}  # fmt: skip
OF_ACTION = {action: sentence for kind in SENTENCES.values() for action, sentence in kind.items()}
DETAILS = {
    "present": N_("present"),
    "absent": N_("absent"),
    "half_day": N_("half-day"),
    "minutes": N_("minutes"),
    "people": N_("people"),
    "rows": N_("rows"),
    "count": N_("how many"),
    "links": N_("links"),
    "first": N_("first"),
    "last": N_("last"),
    "new": N_("new one"),
    "reason": N_("reason"),
    "roles": N_("roles"),
    "name": N_("name"),
    "percent": N_("percent"),
    "format": N_("file"),
    "what": N_("file"),
}  # the details that a reader understands; all of them stand in the stored entry


def sentence(action: str) -> str:
    """What was done, in the language in force; an action without a sentence by its code."""
    return _(OF_ACTION[action]) if action in OF_ACTION else action


def details(stored: str) -> str:
    """„присутно: 14; одсутно: 0” of an entry's stored details."""
    values: dict[str, Any] = json.loads(stored) if stored else {}
    return "; ".join(f"{_(DETAILS[key])}: {_value(key, values[key])}" for key in DETAILS if values.get(key))


def _value(key: str, value: Any) -> str:
    if key == "roles":
        return ", ".join(_(ROLE_NAMES.get(role, role)).lower() for role in value)
    return str(value)
