"""Who may read and who may keep the register of teams."""

from lms.access import staff

register_reader = staff("office", "administrator", "trainer")
register_keeper = staff("office", "administrator")
