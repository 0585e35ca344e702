-- When a day's hours began, in minutes after midnight, where the person says so: overlaps and the rest
-- between two days (L.3131-1) can then be told. A day's hours end on that day.
alter table timesheet_entries add column starts_at_minute smallint
  check (starts_at_minute >= 0 and starts_at_minute % 15 = 0 and starts_at_minute + worked_minutes <= 1440);
