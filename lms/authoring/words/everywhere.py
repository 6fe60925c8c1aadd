"""Words of fields that mean the same in every kind of record."""

from collections.abc import Mapping

from lms.authoring.words.shown import FieldWords
from lms.ui import N_

EVERYWHERE: Mapping[str, FieldWords] = {
    "key": FieldWords(
        N_("Short name inside the course"),
        N_("Other places refer to it by this name. Small Latin letters, digits and hyphens; best left as it is."),
        rare=True,
    ),
    "kind": FieldWords(N_("What kind of part this is")),
    "set": FieldWords(
        N_("What the story remembers from then on"),
        N_("For example: the employer has been warned. Later stages, events and options can depend on it."),
    ),
    "add": FieldWords(
        N_("What grows or falls"),
        N_("Above all trust: 1 or 2 when the person is heard, −1 or −2 when something is done over her or his head."),
    ),
    "done": FieldWords(N_("Procedure steps done by this"), N_("The debrief shows which steps were done, and in time.")),
    "voice": FieldWords(
        N_("What the person lives through because of it"),
        N_("One line in her or his own voice, first read in the debrief. “Nobody asked me where I want to sleep.”"),
        lines=2,
    ),
    "sources": FieldWords(
        N_("Sources"), N_("What this rests on. One that is missing here is added to the sources of the course.")
    ),
    "verified_on": FieldWords(
        N_("Last compared with the sources"),
        N_("The day on which somebody read the sources again and this still held."),
    ),
    "certainty": FieldWords(
        N_("How sure this is"), N_("Readers are told when it is anything but confirmed, so it is better to be honest.")
    ),
}
