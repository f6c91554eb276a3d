-- What was added last lies in a list that every search of the index reads from end to end: of four megabytes, as PostgreSQL keeps
-- it, a search takes ten times as long. Whoever adds puts it in its place sooner.
ALTER INDEX "link_facts_by_saying" SET (gin_pending_list_limit = 64);--> statement-breakpoint
ALTER INDEX "link_facts_by_external" SET (gin_pending_list_limit = 64);--> statement-breakpoint
ALTER INDEX "subjects_by_word" SET (gin_pending_list_limit = 64);--> statement-breakpoint
-- What came before the log had months; all other parts have it so.
ALTER INDEX IF EXISTS log_months."segments_before_by_ref" SET (fastupdate = off);--> statement-breakpoint
SELECT gin_clean_pending_list('link_facts_by_saying'), gin_clean_pending_list('link_facts_by_external'), gin_clean_pending_list('subjects_by_word');
