-- The association opened its letter: first reader and moment, by a button, never by merely looking.
create table notice_openings (
  territory_id uuid not null,
  award_id uuid not null,
  opened_by uuid not null references people,
  opened_at timestamptz not null,
  primary key (territory_id, award_id),
  foreign key (territory_id, award_id) references award_notices
);
call keep_in_territory('notice_openings');
call write_once('notice_openings');

-- What the association answers about the euros: declined, they go back to their envelope.
create table award_answers (
  territory_id uuid not null,
  award_id uuid not null,
  answer text not null check (answer in ('accepted', 'declined')),
  words text not null default '',
  answered_by uuid not null references people,
  answered_at timestamptz not null,
  primary key (territory_id, award_id),
  constraint declining_says_why check (answer <> 'declined' or words <> ''),
  foreign key (territory_id, award_id) references award_notices
);
call keep_in_territory('award_answers');
call write_once('award_answers');

-- A payment planned: how much, and what it waits for.
create table instalments (
  territory_id uuid not null,
  id uuid not null,
  award_id uuid not null,
  rank smallint not null check (rank > 0),
  planned_cents bigint not null check (planned_cents > 0),
  waits_for text not null check (waits_for in ('notice', 'agreement', 'report')),
  planned_on date,
  planned_by uuid not null references people,
  planned_at timestamptz not null,
  primary key (territory_id, id),
  unique (territory_id, award_id, rank),
  foreign key (territory_id, award_id) references awards
);
call keep_in_territory('instalments');
call write_once('instalments');

create table instalment_orders (
  territory_id uuid not null,
  instalment_id uuid not null,
  order_number text not null check (order_number <> ''),
  ordered_on date not null,
  ordered_by uuid not null references people,
  ordered_at timestamptz not null,
  primary key (territory_id, instalment_id),
  unique (territory_id, order_number),
  foreign key (territory_id, instalment_id) references instalments
);
call keep_in_territory('instalment_orders');
call write_once('instalment_orders');

create table instalment_payments (
  territory_id uuid not null,
  instalment_id uuid not null,
  payment_id uuid not null,
  primary key (territory_id, instalment_id),
  unique (territory_id, payment_id),
  foreign key (territory_id, instalment_id) references instalment_orders,
  foreign key (territory_id, payment_id) references payments
);
call keep_in_territory('instalment_payments');
call write_once('instalment_payments');

create table instalment_cancellations (
  territory_id uuid not null,
  instalment_id uuid not null,
  reason text not null check (reason <> ''),
  cancelled_by uuid not null references people,
  cancelled_at timestamptz not null,
  primary key (territory_id, instalment_id),
  foreign key (territory_id, instalment_id) references instalments
);
call keep_in_territory('instalment_cancellations');
call write_once('instalment_cancellations');

-- The financial report as it is being written: any answer may be open.
create table report_drafts (
  territory_id uuid not null,
  award_id uuid not null,
  typed jsonb not null,
  saved_by uuid not null references people,
  saved_at timestamptz not null,
  primary key (territory_id, award_id),
  foreign key (territory_id, award_id) references awards
);
call keep_in_territory('report_drafts');

-- What happened to a financial report (law 2000-321 art. 10): the newest step says where it stands.
create table report_steps (
  territory_id uuid not null,
  award_id uuid not null,
  rank smallint not null check (rank > 0),
  kind text not null check (kind in ('submitted', 'returned', 'accepted', 'noticed', 'observed', 'repayment_asked')),
  words text not null default '',
  -- Until when the association may answer.
  answer_by date,
  asked_cents bigint check (asked_cents > 0),
  document_id uuid,
  done_by uuid not null references people,
  done_at timestamptz not null,
  primary key (territory_id, award_id, rank),
  constraint a_request_has_a_delay check (kind not in ('returned', 'noticed') or answer_by is not null),
  constraint repayment_has_an_amount check ((kind = 'repayment_asked') = (asked_cents is not null)),
  constraint a_request_says_why check (kind not in ('returned', 'noticed', 'observed', 'repayment_asked') or words <> ''),
  constraint a_letter_is_kept check (kind not in ('noticed', 'repayment_asked') or document_id is not null),
  foreign key (territory_id, award_id) references awards,
  foreign key (territory_id, document_id) references documents
);
call keep_in_territory('report_steps');
call write_once('report_steps');

-- What a submission certified, as canonical JSON, and its digest.
create table certified_reports (
  territory_id uuid not null,
  award_id uuid not null,
  rank smallint not null,
  content jsonb not null,
  content_sha256 text not null,
  primary key (territory_id, award_id, rank),
  foreign key (territory_id, award_id, rank) references report_steps
);
call keep_in_territory('certified_reports');
call write_once('certified_reports');

-- 60, 30 and 7 days before the report is due; -1 once it is late.
create table report_reminders (
  territory_id uuid not null,
  award_id uuid not null,
  days_before smallint not null,
  told_at timestamptz not null,
  primary key (territory_id, award_id, days_before),
  foreign key (territory_id, award_id) references awards
);
call keep_in_territory('report_reminders');
call write_once('report_reminders');

create table repayments (
  territory_id uuid not null,
  id uuid not null,
  award_id uuid not null,
  repaid_cents bigint not null check (repaid_cents > 0),
  repaid_on date not null,
  receipt_number text not null check (receipt_number <> ''),
  recorded_by uuid not null references people,
  recorded_at timestamptz not null,
  primary key (territory_id, id),
  unique (territory_id, receipt_number),
  foreign key (territory_id, award_id) references awards
);
create index on repayments (territory_id, award_id);
call keep_in_territory('repayments');
call write_once('repayments');

-- Evidence beside a signature; absent from those given before it was kept.
alter table signatures
  -- Shortened to its network: it corroborates, it does not follow anyone.
  add column network text,
  add column user_agent_sha256 text,
  add column method text check (method in ('one_factor', 'two_factors')),
  add column provider text;
