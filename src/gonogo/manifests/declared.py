"""The facts that schemas/manifest.json declares, as Python: no run parses JSON for them.

Do not edit: change the schema, then run `python tests/manifests/declaring.py`.
"""
# ruff: noqa: E501 - a line for each fact, however long
# fmt: off

from gonogo.manifests.facts import FactSpec, Kind
from gonogo.manifests.vocabulary import Section

ROOT = Section("", "manifest", {
    "model": Section("model", "Model", {
        "name": FactSpec("model.name", Kind.NAME, "model name", ask="What is the exact public name of the model?", also=("model_name",), may_be_unknown=False, may_be_empty=False),
        "version": FactSpec("model.version", Kind.TEXT, "model version", ask="Which version is released?", may_be_unknown=False, may_be_empty=False),
        "developer": FactSpec("model.developer", Kind.ID, "developer", ask="Who develops the model (id: a-z, 0-9, hyphens)?", also=("organization", "organisation", "company", "lab", "provider"), may_be_unknown=False, may_be_empty=False),
        "weights": FactSpec("model.weights", Kind.CHOICE, "weights", ask="How are the weights released?", choices=("closed", "staged", "open"), also=("open_weights", "accessibility"), may_be_empty=False),
        "licence": FactSpec("model.licence", Kind.TEXT, "licence", ask="Under which licence is the model released?", also=("license",)),
        "derived_from": Section("model.derived_from", "Derived from", {
            "model": FactSpec("model.derived_from.model", Kind.NAME, "base model", ask="From which model was this one made?", also=("base_model",)),
            "developer": FactSpec("model.derived_from.developer", Kind.ID, "base model's developer", ask="Who developed the base model?"),
            "method": FactSpec("model.derived_from.method", Kind.CHOICE, "derivation method", ask="How was it derived?", choices=("fine_tune", "distillation", "quantisation", "merge", "other")),
        }),
        "training_compute_flop": FactSpec("model.training_compute_flop", Kind.AMOUNT, "training compute", ask="How much compute trained the model, in FLOP, base model included? A range {low: ..., high: ...} will do.", unit="FLOP", also=("training_compute", "compute", "flop", "flops", "training_flop", "training_flops"), sensitive=True, positive=True),
        "capability": Section("model.capability", "Capability", {
            "cyber": FactSpec("model.capability.cyber", Kind.LEVEL, "cyber capability", ask="What cyber capability did the developer's own assessment find?", choices=("none", "low", "medium", "high", "critical"), sensitive=True),
            "biological": FactSpec("model.capability.biological", Kind.LEVEL, "biological capability", ask="What biological capability did the developer's own assessment find?", choices=("none", "low", "medium", "high", "critical"), sensitive=True),
            "chemical": FactSpec("model.capability.chemical", Kind.LEVEL, "chemical capability", ask="What chemical capability did the developer's own assessment find?", choices=("none", "low", "medium", "high", "critical"), sensitive=True),
        }),
    }, required=("name", "version", "developer", "weights"), may_be_unknown=False),
    "coverage": Section("coverage", "Coverage", {
        "determination": FactSpec("coverage.determination", Kind.CHOICE, "covered-model determination", ask="Has the Director of NSA determined whether this is a covered frontier model?", choices=("designated", "not_designated", "pending", "not_requested"), also=("covered", "designation", "is_covered", "frontier"), known_from="coverage.determined_at", sensitive=True),
        "determined_by": FactSpec("coverage.determined_by", Kind.CHOICE, "who determined it", ask="Who made the determination?", choices=("nsa_director", "developer", "caisi", "other"), known_from="coverage.determined_at", sensitive=True),
        "determined_at": FactSpec("coverage.determined_at", Kind.MOMENT, "date of the determination", ask="When was the determination made?", also=("designated_at",), known_from="coverage.determined_at", sensitive=True),
        "disclosable": FactSpec("coverage.disclosable", Kind.FLAG, "whether the determination may be disclosed", ask="May the determination be disclosed?"),
        "government_engaged_at": FactSpec("coverage.government_engaged_at", Kind.MOMENT, "government engagement", ask="When did the developer engage the government on whether the model is covered?", also=("engaged_at",), controllable=True),
    }),
    "participation": Section("participation", "Participation", {
        "caisi_agreement": Section("participation.caisi_agreement", "CAISI agreement", {
            "status": FactSpec("participation.caisi_agreement.status", Kind.CHOICE, "CAISI agreement status", ask="What is the status of the developer's CAISI agreement?", choices=("signed", "negotiating", "declined", "not_signed", "ended"), also=("caisi_status",)),
            "signed_on": FactSpec("participation.caisi_agreement.signed_on", Kind.MOMENT, "CAISI agreement signing date", ask="When did the developer sign the CAISI agreement?"),
            "ended_on": FactSpec("participation.caisi_agreement.ended_on", Kind.MOMENT, "CAISI agreement end", ask="When did the developer's CAISI agreement end?"),
        }),
        "eo_14409_framework": Section("participation.eo_14409_framework", "EO 14409 framework", {
            "status": FactSpec("participation.eo_14409_framework.status", Kind.CHOICE, "EO 14409 framework status", ask="What is the status of the developer's EO 14409 framework?", choices=("signed", "negotiating", "declined", "not_signed", "ended"), also=("framework_status",)),
            "signed_on": FactSpec("participation.eo_14409_framework.signed_on", Kind.MOMENT, "EO 14409 framework signing date", ask="When did the developer sign the EO 14409 framework?"),
            "ended_on": FactSpec("participation.eo_14409_framework.ended_on", Kind.MOMENT, "EO 14409 framework end", ask="When did the developer's EO 14409 framework end?"),
        }),
        "accord_2026": Section("participation.accord_2026", "2026 Accord", {
            "status": FactSpec("participation.accord_2026.status", Kind.CHOICE, "2026 Accord status", ask="What is the status of the developer's 2026 Accord?", choices=("signed", "negotiating", "declined", "not_signed", "ended"), also=("accord_status",)),
            "signed_on": FactSpec("participation.accord_2026.signed_on", Kind.MOMENT, "2026 Accord signing date", ask="When did the developer sign the 2026 Accord?"),
            "ended_on": FactSpec("participation.accord_2026.ended_on", Kind.MOMENT, "2026 Accord end", ask="When did the developer's 2026 Accord end?"),
        }),
    }),
    "review": Section("review", "Review", {
        "access_started_at": FactSpec("review.access_started_at", Kind.MOMENT, "start of government access", ask="When did (or will) the government get access to the model?", also=("submitted_at", "submission_date", "submitted_on", "review_started_at", "access_start", "government_access_start", "started_at"), controllable=True),
        "access_ended_at": FactSpec("review.access_ended_at", Kind.MOMENT, "end of government access", ask="When did (or will) the government's access end?", also=("review_ended_at", "access_end", "government_access_end", "ended_at"), controllable=True),
        "agreed_days": FactSpec("review.agreed_days", Kind.DAYS, "agreed review days", ask="How many days of access before release were agreed with the government?", unit="day", also=("hold_days", "review_days", "window_days")),
        "completion_notice_at": FactSpec("review.completion_notice_at", Kind.MOMENT, "completion notice", ask="When did the government give notice that its review is complete?", also=("completed_at", "notice_at", "expedited_at"), known_from="review.completion_notice_at"),
        "await_determination": FactSpec("review.await_determination", Kind.FLAG, "promise to await a determination", ask="Did the developer promise to await a determination before release?", also=("hold_until_determination",), controllable=True, assumed=False),
        "protections": Section("review.protections", "Protections", {
            "confidentiality": FactSpec("review.protections.confidentiality", Kind.FLAG, "confidentiality protection", ask="Is the government's access under confidentiality terms?", controllable=True),
            "cybersecurity": FactSpec("review.protections.cybersecurity", Kind.FLAG, "cybersecurity protection", ask="Is the government's access under cybersecurity terms?", controllable=True),
            "insider_risk": FactSpec("review.protections.insider_risk", Kind.FLAG, "insider-risk protection", ask="Is the government's access under insider-risk terms?", controllable=True),
            "intellectual_property": FactSpec("review.protections.intellectual_property", Kind.FLAG, "intellectual-property protection", ask="Is the government's access under intellectual-property terms?", controllable=True),
        }),
        "assessments": Section("review.assessments", "Assessments", {
            "capability_characterization": FactSpec("review.assessments.capability_characterization", Kind.CHOICE, "capability characterization", ask="Is the capability characterization done?", choices=("done", "open", "not_done")),
            "threat_modelling": FactSpec("review.assessments.threat_modelling", Kind.CHOICE, "threat modelling", ask="Is the threat modelling done?", choices=("done", "open", "not_done")),
            "measurement_science": FactSpec("review.assessments.measurement_science", Kind.CHOICE, "measurement science", ask="Is the measurement science done?", choices=("done", "open", "not_done")),
        }),
    }),
    "release": Section("release", "Release", {
        "limited_preview_at": FactSpec("release.limited_preview_at", Kind.MOMENT, "limited preview", ask="When does a limited preview begin?", also=("preview_at",), controllable=True, assumed="not planned"),
        "trusted_partners_at": FactSpec("release.trusted_partners_at", Kind.MOMENT, "trusted-partner access", ask="When do trusted partners get the model?", also=("partners_at", "trusted_partner_release_at"), controllable=True, assumed="not planned"),
        "api_at": FactSpec("release.api_at", Kind.MOMENT, "API opening", ask="When does the API open?", also=("api_release_at",), controllable=True, assumed="not planned"),
        "weights_at": FactSpec("release.weights_at", Kind.MOMENT, "publication of the weights", ask="When are the weights published?", also=("weights_publication_at", "weights_released_at"), controllable=True, assumed="not planned"),
        "public_at": FactSpec("release.public_at", Kind.MOMENT, "public release", ask="When does the public get the model?", also=("public_release_at", "release_date", "released_at", "launch_at", "launch_date", "date"), controllable=True, assumed="not planned"),
        "partners_selected_with_government": FactSpec("release.partners_selected_with_government", Kind.FLAG, "selection of partners with the government", ask="Were the early partners selected together with the government?", controllable=True),
        "audience": FactSpec("release.audience", Kind.CHOICE, "audience", ask="Who can get the model?", choices=("us_persons_verified", "listed_exempt_only", "includes_foreign_persons", "unverified"), controllable=True),
        "exemptions": FactSpec("release.exemptions", Kind.LIST, "exemptions relied on", ask="On which licences or exemptions does the release rely (ids)?", also=("licences", "licenses"), assumed=()),
        "markets": FactSpec("release.markets", Kind.LIST, "markets", ask="In which markets is the model released?", also=("regions", "countries"), controllable=True),
    }),
}, required=("manifest", "model"), may_be_unknown=False)

EVIDENCE_KINDS = ("submission_receipt", "completion_notice", "agreement", "licence", "other")
