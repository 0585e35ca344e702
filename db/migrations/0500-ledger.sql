-- That an entry balances is held by keys, as the thread of an account is: the deferred trigger made the
-- server plan a sum for each line at each commit, a sixth of a posting. The lines of an entry form a
-- ring. Each starts from the sum that the one before it left, the first from what the last one left,
-- which is zero; a line follows one line only, so that nothing can be added once the ring is closed.
alter table ledger_lines
  add column after_rank smallint,
  add column sum_before bigint,
  add column sum_after bigint,
  add unique (territory_id, entry_id, rank, sum_after),
  add unique (territory_id, entry_id, after_rank),
  add constraint balanced_ring foreign key (territory_id, entry_id, after_rank, sum_before)
    references ledger_lines (territory_id, entry_id, rank, sum_after) deferrable initially deferred,
  add constraint ring_adds_up check (case num_nulls(after_rank, sum_before, sum_after)
    when 0 then sum_after = sum_before + amount
      and case rank when 1 then sum_before = 0 else after_rank = rank - 1 end
    else num_nulls(after_rank, sum_before, sum_after) = 3 end);

-- A line outside the ring, as all were before, is still summed with its whole entry.
drop trigger balanced on ledger_lines;
create constraint trigger balanced after insert on ledger_lines
  deferrable initially deferred for each row when (new.after_rank is null)
  execute function refuse_unbalanced();

-- A posting looks for the accounts of its subjects: without this it read every account of the commune.
create index on ledger_accounts (territory_id, subject_id);
