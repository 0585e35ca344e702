-- The application role: row policies hold for it, and it may not alter anything written once.
do $$ begin
  if not exists (select from pg_roles where rolname = 'metis_app') then
    create role metis_app nologin;
  end if;
end $$;
grant metis_app to current_user;
grant usage on schema public to metis_app;
alter default privileges in schema public grant select, insert, update, delete on tables to metis_app;
alter default privileges in schema public grant usage on sequences to metis_app;

create function current_territory() returns uuid language sql stable as
  $$ select nullif(current_setting('metis.territory', true), '')::uuid $$;

-- The organisations that the person of this request acts for.
create function acting_for(organisation uuid) returns boolean language sql stable as
  $$ select organisation::text = any (string_to_array(current_setting('metis.organisations', true), ',')) $$;

-- For tables written once: a mistake is answered by a new row.
create function refuse_change() returns trigger language plpgsql as $$
begin
  raise exception '% rows are written once: % refused', tg_table_name, lower(tg_op)
    using errcode = 'restrict_violation';
end $$;

-- One sentence for each tenant table: its rows are seen and written in their own commune only.
create procedure keep_in_territory(table_name text) language plpgsql as $$
begin
  execute format('alter table %I enable row level security', table_name);
  execute format('alter table %I force row level security', table_name);
  execute format('create policy territory on %I using (territory_id = current_territory())', table_name);
end $$;

-- One sentence for each table whose rows are facts: no update, no delete, for any role.
create procedure write_once(table_name text) language plpgsql as $$
begin
  execute format('revoke update, delete, truncate on %I from metis_app', table_name);
  execute format('create trigger written_once before update or delete on %I
                  for each row execute function refuse_change()', table_name);
end $$;
