"""Surveys in other people's formats: read from GIFT, Moodle XML and tables, compared with a survey, written. Pure; stores nothing."""
