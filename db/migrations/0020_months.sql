-- The month of what stands there already is known to nobody without opening it: it keeps the default.
ALTER TABLE "records" ADD COLUMN "month" date DEFAULT '-infinity' NOT NULL;--> statement-breakpoint
ALTER TABLE "segments" ADD COLUMN "month" date DEFAULT '-infinity' NOT NULL;--> statement-breakpoint
-- So that they become partitions without being read again.
ALTER TABLE "records" ADD CONSTRAINT "records_before_months" CHECK ("month" < '2000-01-01') NOT VALID;--> statement-breakpoint
ALTER TABLE "segments" ADD CONSTRAINT "segments_before_months" CHECK ("month" < '2000-01-01') NOT VALID;
