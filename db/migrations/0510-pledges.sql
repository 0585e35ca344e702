-- A company of a file that the commune did not know, and that was invited: its lines become drafts by
-- themselves once it takes part. The invitation itself is kept where a page cannot read it.
create table invited_companies (
  territory_id uuid not null,
  siren text not null check (siren ~ '^\d{9}$'),
  invited_by uuid not null references people,
  invited_at timestamptz not null,
  primary key (territory_id, siren)
);
call keep_in_territory('invited_companies');
