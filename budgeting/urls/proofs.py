"""Who may vote, and how it is shown."""

from django.urls import URLPattern, URLResolver, include, path

from budgeting.views.proofs import desk, letters, register, voters

# Before a cycle is chosen: /budgeting/…
list_urls: list[URLPattern | URLResolver] = []

_register: list[URLPattern | URLResolver] = [
    path("", register.register_detail, name="register-detail"),
    path("look-up/", desk.register_look, name="register-look"),
    path("looks/", desk.look_list, name="look-list"),
    path("imports/<int:number>/", register.import_detail, name="import-detail"),
    path("imports/<int:number>/faults.csv", register.import_faults, name="import-faults"),
]

_letters: list[URLPattern | URLResolver] = [
    path("", letters.letter_list, name="letter-list"),
    path("<int:number>/print/", letters.letter_print, name="letter-print"),
    path("<int:number>/withdraw/", letters.letter_withdraw, name="letter-withdraw"),
]

urlpatterns: list[URLPattern | URLResolver] = [
    path("voters/", voters.proof_list, name="proof-list"),
    path("voters/number/", voters.proof_number, name="proof-number"),
    path("voters/identity/", voters.proof_identity, name="proof-identity"),
    path("code/", voters.code_enter, name="code-enter"),
    path("code/leave/", voters.code_leave, name="code-leave"),
    path("organise/residents/", desk.residence_confirm, name="residence-confirm"),
    path("organise/register/", include(_register)),
    path("organise/letters/", include(_letters)),
]
