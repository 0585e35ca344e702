-- The same check, planned once a connection and not once a line. On a shard the table bears another
-- name, which only a question written on the spot can follow.
create or replace function refuse_unbalanced() returns trigger language plpgsql as $$
declare
  total numeric;
begin
  if tg_table_name = 'ledger_lines' then
    select sum(amount) into total from ledger_lines
      where territory_id = new.territory_id and entry_id = new.entry_id;
  else
    execute format('select sum(amount) from %I.%I where territory_id = $1 and entry_id = $2',
                   tg_table_schema, tg_table_name)
      into total using new.territory_id, new.entry_id;
  end if;
  if total <> 0 then
    raise exception 'ledger entry % does not balance: % too much', new.entry_id, total
      using errcode = 'check_violation', constraint = 'balanced';
  end if;
  return null;
end $$;
