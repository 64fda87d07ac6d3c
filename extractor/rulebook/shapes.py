"""Which rule files there are, and what each may hold: where a new kind of rule is declared."""

from dataclasses import dataclass

# Keys every rule may have; ``examples`` and ``id`` it must have.
COMMON_KEYS = frozenset({"id", "kind", "pattern", "confidence", "examples", "note"})
FILE_KEYS = frozenset(
    [
        "about",
        "words",
        "settings",
        "rules",
        "finds",
        "silent",
        "has",
        "has_not",
        "disable",
        "remove_words",
    ]
)


@dataclass(frozen=True)
class Shape:
    """What one file may hold: kinds of rules, further rule keys, word lists and settings it
    needs."""

    kinds: frozenset[str]
    keys: frozenset[str] = frozenset()
    words: frozenset[str] = frozenset()
    settings: frozenset[str] = frozenset()


def _shape(kinds: str, keys: str = "", words: str = "", settings: str = "") -> Shape:
    return Shape(*(frozenset(part.split()) for part in (kinds, keys, words, settings)))


_STYLE_KINDS = "pattern words slips doubled unbalanced mixed protect chat"
_STYLE_KEYS = "message source replace grade list except capital between shortest said"

# One line a file (or folder of files, ended by "/"), in the order data flows.
SHAPES: dict[str, Shape] = {
    "paragraphs": _shape(
        "dateline credit credit_tail credit_first credit_last furniture furniture_tail",
        words="abbreviation speech_verb",
        settings="longest_line",
    ),
    "pages": _shape(
        "fault",
        keys="reason retry",
        words="updated author_label nothing page_noun password username enter maintenance",
    ),
    "repeats": _shape(
        "repeat conflict sentence",
        keys="message",
        words="number_word day opposite negation opener joining",
        settings="shortest shortest_cut shortest_title longest near inside alone merged typo "
        "candidates whole met common",
    ),
    "style/consistency": _shape(
        "weekday number variants name acronym expansion capital fragment",
        keys="message source grade",
        words="number number_unit no_count group_noun sum_cue and_word no_sum variant honorific "
        "distinct left_open date_around",
        settings="longest_date shortest_broken longest_name shortest_name long_word initial "
        "expansion few_words longest_sum",
    ),
    "style/spelling": _shape(_STYLE_KINDS, keys=_STYLE_KEYS, words="enclitic"),
    "style/": _shape(_STYLE_KINDS, keys=_STYLE_KEYS),
    "dates": _shape(
        "date time veto relative",
        words="month month_abbreviation weekday weekday_abbreviation week_or_sunday date_word "
        "day_word month_word year_word day_part afternoon_hours night_part market_day "
        "range_word list_word past_word future_word relative_day this_word week_word "
        "month_part clock_word zone half_word until_end preposition quantity_word "
        "duration_unit plan_word number number_unit anniversary birthday",
        settings="newest_year oldest_year year_weekday year_window year_published year_name "
        "year_none "
        "conflict",
    ),
    "offices": _shape(
        "office",
        words="role common_role organisation office_word place_head venue_head place_tail place "
        "role_link role_end plural belonging topic_head spelt_out nature bureau of_region",
    ),
    "officials": _shape("official", keys="name known_as role place since until source"),
    "people": _shape(
        "person link veto",
        words="title degree name_link not_name cue_before cue_after says adverb nickname "
        "nickname_link named as_role delegate pseudonym also called before_place given_name short "
        "conjunction relative namely name_mark sent_by at_place pointing of_office after_i "
        "before_balinese name_or_number name_pair office_pair name_initials published_by "
        "body_start bears_name gives_name age_unit assembly "
        "in_office one_of general_of member headline_verb held_by succeeded by office_form "
        "agent_form verb_form passive_form opener_form name_form head_of body_form verb_start "
        "verb_end owned_end now of_husband married work honoured of_kin saint "
        "particle of_class throughout age_word preposition hero in_name "
        "from_place consists feast_name bureau_head balinese deputy_start guessed",
        settings="lone open",
    ),
    "venues": _shape(
        "venue",
        keys="words strength weight",
        words="abbreviation_in_place anaphora area_first area_last attribute active_start "
        "conjunction cue_berlangsung cue_bertempat cue_digelar cue_invitation cue_host "
        "cue_start cue_target cue_toward cue_visit denied direction earlier existing going home "
        "hybrid_word "
        "inside_name instead interview member named_alone namely not_place not_verb number_word "
        "office_name office_word online_lead online_manner online_tool other_time owner "
        "passive_before guest "
        "place_end place_end_or_name place_head preposition quantity region_word relation relative "
        "resident role_word time_word title_first title_word verb_end verb_start",
        settings="longest head named deep only_area no_capital near_date lead late title quoted "
        "interview home denied instead earlier existing possessive bare_noun other_time tool "
        "partly "
        "quantity second region anaphora attribute start opens_sentence likely",
    ),
    "events": _shape(
        "event organizer participant theme occasion veto",
        keys="points",
        words="kind kinds class modifier activity phase filler verb passive auxiliary stop "
        "active_prefix passive_prefix verb_prefix state_prefix loan_verb_prefix no_verb_prefix "
        "bare_suffix title_verb_suffix owned_suffix loan_suffix count_prefix office_start "
        "noun_of_active noun_nasal noun_prefix noun_suffix noun_of_act_start "
        "no_act_prefix hand_over "
        "inner link conjunction institution organisation person_role joint together "
        "no_organisation last_head second_part places short_for before_verb by_agent origin "
        "local aside day_word not_verb no_kind pronoun pointer weekday relative "
        "statement_verb at_event beside meeting meets wish hosting hosted during later around "
        "noun_end quantity company owner owned prize giving nominal no_action no_event no_object "
        "planned postponed cancelled related_link group attended target no_name_after within "
        "purpose frame place_before round_day area task through by state government part_office "
        "unnamed handed recipient all_of followed about agent officiant acting told_act award "
        "evening same_act numeral more_than chair arrive time_unit office_head no_deed gift "
        "beneath initiative by_means "
        "cooperation itself visit adjective clause_start interview present "
        "afterwards signing between no_act on_event several feast thanked served "
        "negation denied practised practice_prefix winning honour "
        "receiving period calling urging photo region_end",
        settings="in_title in_lead in_second dated_lead placed_lead late after_hold after_do "
        "after_attend after_open after_close after_receive after_inspect after_activity "
        "before_held before_led before_done known_kind noun_of_verb capitals quoted_name with_date "
        "with_venue title_words repeated pointed_at labelled at_event topic uncued uncarried "
        "inside deep title_name "
        "bare in_first coming wished undated_plan unknown_head title_topic verb_only noun_and_verb "
        "verb_in_title verb_in_lead verb_in_first aside "
        "in_speech statement follow_on threshold sure related_threshold window doubt",
    ),
    "quotes": _shape(
        "quote",
        words="nasal with_nasal passive owner speech_root weak_root tag_root bare_active stance "
        "active_prefix that "
        "wish message to free_cue happening bears_name copula attendance modifier "
        "urging thanks by topic infinitive_before adverb_after predicate nominal_before "
        "modal opening pronoun demonstrative that_matter same_matter companion relative "
        "joint adverb_before person_noun deputy clause_break read_aloud read_out "
        "agentless document no_saying source source_owned phrase_stop tag_lead no_tag "
        "nobody title_word occasion about matter link conditional feeling_prefix feeling "
        "hoping pardon concessive after_feeling contrast compound_before acting_as apposed "
        "modal_direct clause_suffix audience stated_there "
        "conveyed speech_noun occasion_at no_occasion asking no_verb about_whom feels afterwards",
        settings="continued far unresolved repaired",
    ),
    "risk": _shape(
        "before after not_before not_after name not_name release",
        keys="category officials persons folk",
        words="no_part name_word no_office address relative listed folk folk_more",
    ),
    "search": _shape("", words="clitic stem word field or_word and_word not_word status"),
    "linking": _shape(
        "letters family office",
        keys="from to forms short long",
        words="acting former exclusive shared place_kind place_head office_stop male female "
        "address patronymic event_stop room_stop room_kind region_kind region_head roman ordinal",
        settings="link margin apart doubt name_same name_close name_far name_short name_most "
        "name_missing name_other name_two_known name_known name_share alias alone bearers "
        "office_same office_most office_seat office_term term_days office_part office_other "
        "office_clash office_twice place_most place_near place_other place_far "
        "gender_other title_same title_most site_same site_region event_shared clash_days day_most "
        "day_beside day_beside_elsewhere day_near day_far days_before days_after "
        "day_guessed time_same time_other event_name event_name_most event_name_other "
        "event_about_most number_other event_place_same event_place_other event_place_written "
        "village_other room_same room_other room_rare room_elsewhere room_people "
        "organizer_same organizer_other kind_same kind_other people_shared "
        "people_most events_most block neighbours",
    ),
}


def shape_of(stem: str) -> Shape | None:
    """The shape of ``dates`` or of ``style/spacing``; None for a file nobody knows."""
    if stem in SHAPES:
        return SHAPES[stem]
    folder, slash, _ = stem.partition("/")
    return SHAPES.get(folder + slash)
