-- A finding recorded by mistake: an agent asks that it be annulled and says why, an administrator of the
-- commune looks again. Nothing is erased; a finding that was annulled counts for no reader.
create table annulment_requests (
  territory_id uuid not null,
  id uuid not null,
  application_id uuid not null,
  subject text not null,
  rank smallint not null,
  reason text not null check (length(reason) between 1 and 500),
  asked_by uuid not null references people,
  asked_at timestamptz not null,
  primary key (territory_id, id),
  foreign key (territory_id, application_id, subject, rank) references eligibility_checks
);
create index annulments_of_a_file on annulment_requests (territory_id, application_id);
call keep_in_territory('annulment_requests');
call write_once('annulment_requests');

create table annulment_answers (
  territory_id uuid not null,
  request_id uuid not null,
  is_annulled boolean not null,
  answered_by uuid not null references people,
  answered_at timestamptz not null,
  primary key (territory_id, request_id),
  foreign key (territory_id, request_id) references annulment_requests
);
call keep_in_territory('annulment_answers');
call write_once('annulment_answers');
