"""What is wrong with a line of a register, in words for people."""

from django.utils.translation import gettext_lazy as _

FAULTS = {
    "empty": _("The file is empty."),
    "no_table": _("This is no table with one person a line."),
    "no_column": _("Columns are missing:"),
    "cells": _("The line has another number of cells than the first one."),
    "iin_form": _("The number has not twelve digits."),
    "iin_check": _("The check digit of the number is wrong."),
    "iin_date": _("Number and date of birth contradict each other."),
    "hash_form": _("The hash has not 64 hexadecimal digits."),
    "repeated": _("The same number stands in an earlier line."),
    "date_form": _("This is no date: write 27.03.1990 or 1990-03-27."),
    "future": _("The date of birth lies in the future."),
    "too_old": _("The date of birth lies before 1900."),
    "differs": _("The register has another date of birth for this number."),
    "unknown_district": _("The territory of the budget has no district with this code."),
    "since_date": _("This date of registration cannot be right."),
    "sex_form": _("Sex is written f or m, or left empty."),
    "too_long": _("The household has more than 30 characters."),
}
