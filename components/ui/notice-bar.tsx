"use client";
/** What was just done, at the foot of the page, with the button that takes it back. */

export interface Notice {
  text: string;
  bad: boolean;
  /** Whether the last act can be undone. */
  undo: boolean;
}

interface Props {
  notice: Notice | null;
  undo: () => void;
  dismiss: () => void;
}

export function NoticeBar({ notice, undo, dismiss }: Props) {
  return (
    <div
      role={notice?.bad ? "alert" : "status"}
      className="fixed bottom-16 left-4 z-20 max-w-[min(640px,92vw)] md:bottom-4 md:left-60 print:hidden"
    >
      {notice === null ? null : (
        <div
          className={`flex items-center gap-3 rounded-md border bg-raised px-4 py-2 shadow-xl ${notice.bad ? "border-bad" : "border-line"}`}
        >
          <p className="min-w-0 [overflow-wrap:anywhere]">{notice.text}</p>
          {notice.undo ? (
            <button type="button" className="button" onClick={undo}>
              Undo <kbd className="key">u</kbd>
            </button>
          ) : null}
          <button type="button" className="button" onClick={dismiss}>
            Close
          </button>
        </div>
      )}
    </div>
  );
}
