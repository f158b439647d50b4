-- Figures: of each conversation what is counted from its entries, what is usual in a week, and whole days packed for reports.

CREATE TABLE conversation_figures (
    conversation_number bigint NOT NULL,
    hold_seconds bigint NULL,
    transfers integer NOT NULL,
    repeats integer NOT NULL,
    re_asks integer NOT NULL,
    channel_switches integer NOT NULL,
    bot_loops integer NOT NULL,
    recovery text NULL,
    recovery_wait integer NULL,
    recovery_opened_at timestamp with time zone NULL,
    recovery_ended_at timestamp with time zone NULL,
    steps_met integer NOT NULL,
    steps_missed integer NOT NULL,
    outside_cause text NOT NULL,
    grade text NULL,
    score integer NOT NULL,
    reasons text NOT NULL,
    baseline_of integer NOT NULL,
    baseline_alike text NOT NULL,
    baseline_hold_seconds bigint NOT NULL,
    baseline_friction integer NOT NULL,
    person_id bigint NULL,
    CONSTRAINT pk_conversation_figures PRIMARY KEY (conversation_number),
    CONSTRAINT fk_conversation_figures_conversation_number FOREIGN KEY (conversation_number) REFERENCES conversations (number) ON DELETE CASCADE
);

CREATE INDEX ix_conversation_figures_recovery_recovery_wait_recovery_opened_at ON conversation_figures (recovery, recovery_wait, recovery_opened_at) WHERE recovery IS NOT NULL;
CREATE INDEX ix_conversation_figures_outside_cause ON conversation_figures (outside_cause) WHERE outside_cause <> '';

CREATE TABLE week_baselines (
    monday integer NOT NULL,
    demo boolean NOT NULL,
    driver_id bigint NOT NULL,
    channel text NOT NULL,
    alike text NOT NULL,
    "of" integer NOT NULL,
    hold_seconds bigint NOT NULL,
    friction integer NOT NULL,
    CONSTRAINT pk_week_baselines PRIMARY KEY (monday, demo, driver_id, channel)
);

CREATE TABLE figure_days (
    day integer NOT NULL,
    version bigint NOT NULL,
    packed bytea NULL,
    CONSTRAINT pk_figure_days PRIMARY KEY (day)
);
