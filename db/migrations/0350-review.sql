-- What a season's reviewers agreed before they marked: the newest row stands, the usual figures before any.
create table review_settings (
  territory_id uuid not null,
  campaign_id uuid not null,
  rank smallint not null,
  -- From this gap between two scores (0 to 100) the file deserves a talk.
  gap_points smallint not null check (gap_points between 1 and 100),
  -- The same for the marks (0 to 4) of one criterion.
  gap_marks smallint not null check (gap_marks between 1 and 4),
  made_by uuid not null references people,
  made_at timestamptz not null,
  primary key (territory_id, campaign_id, rank),
  foreign key (territory_id, campaign_id) references campaigns
);
call keep_in_territory('review_settings');
call write_once('review_settings');

-- Whose marks are waited for before the gap is shown; others may mark too.
create table review_panels (
  territory_id uuid not null,
  campaign_id uuid not null,
  rank smallint not null,
  person_id uuid not null references people,
  primary key (territory_id, campaign_id, rank, person_id),
  foreign key (territory_id, campaign_id, rank) references review_settings
);
call keep_in_territory('review_panels');
call write_once('review_panels');

-- What a reviewer had given before they gave it again: kept as it was, with the reason of the change.
create table mark_revisions (
  territory_id uuid not null,
  application_id uuid not null,
  reviewer_id uuid not null references people,
  rank smallint not null,
  -- By criterion, as the grid of that version had them.
  marks jsonb not null,
  comment text not null,
  grid_version smallint not null,
  given_at timestamptz not null,
  reason text not null default '',
  next_grid_version smallint not null,
  revised_at timestamptz not null,
  primary key (territory_id, application_id, reviewer_id, rank),
  foreign key (territory_id, application_id) references applications,
  constraint a_change_says_why check (reason <> '' or next_grid_version <> grid_version)
);
call keep_in_territory('mark_revisions');
call write_once('mark_revisions');

-- An opinion asked of somebody outside the town hall, answered by link. The secret is in the mail alone.
create table outside_requests (
  territory_id uuid not null,
  id uuid not null,
  application_id uuid not null,
  secret_sha256 text not null,
  recipient text not null,
  recipient_name text not null,
  -- In whose name they answer: a department, a neighbourhood council, a sports office.
  capacity text not null,
  question text not null check (question <> ''),
  answer_by date not null,
  shows_project boolean not null,
  shows_needs boolean not null,
  shows_amounts boolean not null,
  asked_by uuid not null references people,
  asked_at timestamptz not null,
  primary key (territory_id, id),
  unique (territory_id, secret_sha256),
  foreign key (territory_id, application_id) references applications
);
create index on outside_requests (territory_id, application_id);
call keep_in_territory('outside_requests');
call write_once('outside_requests');

-- The newest answer stands, until the deadline. A declared interest sets all of them aside.
create table outside_opinions (
  territory_id uuid not null,
  request_id uuid not null,
  rank smallint not null,
  verdict text check (verdict in ('favourable', 'reserved', 'unfavourable')),
  words text not null default '',
  has_interest boolean not null,
  given_at timestamptz not null,
  primary key (territory_id, request_id, rank),
  foreign key (territory_id, request_id) references outside_requests,
  constraint whoever_has_an_interest_gives_no_opinion check (has_interest = (verdict is null))
);
call keep_in_territory('outside_opinions');
call write_once('outside_opinions');

create table outside_withdrawals (
  territory_id uuid not null,
  request_id uuid not null,
  withdrawn_by uuid not null references people,
  withdrawn_at timestamptz not null,
  primary key (territory_id, request_id),
  foreign key (territory_id, request_id) references outside_requests
);
call keep_in_territory('outside_withdrawals');
call write_once('outside_withdrawals');

-- Between the commune and the association of the file: both read them, unlike the notes.
create table file_messages (
  territory_id uuid not null,
  id uuid not null,
  application_id uuid not null,
  side text not null check (side in ('commune', 'association')),
  author_id uuid not null references people,
  words text not null check (words <> ''),
  written_at timestamptz not null,
  primary key (territory_id, id),
  foreign key (territory_id, application_id) references applications
);
create index on file_messages (territory_id, application_id);
call keep_in_territory('file_messages');
call write_once('file_messages');

-- Evidence is a piece of the file, a reference in words, or both.
alter table eligibility_checks
  add column evidence_piece_id uuid,
  add foreign key (territory_id, evidence_piece_id) references application_pieces;
