using Heliotrope.Server.Shell;

namespace Heliotrope.Server.Conversations;

/// <summary>By when an answer is due, in words, in the zone of who reads them.</summary>
internal static class Due
{
    /// <summary>"Answer due by 14:00"; "Answer was due 40 min ago".</summary>
    public static string Alone(DateTimeOffset due, Viewer viewer) => due < viewer.Now
        ? Words.T("due.over", When.Length(viewer.Now - due))
        : Words.T("due.alone", When.By(due, viewer.Now, viewer.Zone));

    /// <summary>"due by 14:00"; "was due 40 min ago".</summary>
    public static string Short(DateTimeOffset due, Viewer viewer) => due < viewer.Now
        ? Words.T("due.short-over", When.Length(viewer.Now - due))
        : Words.T("due.short", When.By(due, viewer.Now, viewer.Zone));

    /// <summary>Why a conversation stands where it does, and by when: one line.</summary>
    public static string Line(InboxRow row, Viewer viewer) => row switch
    {
        { Reason: RowReason.Later, Until: { } until } => Words.T("reason.later-until", When.Day(until, viewer.Now, viewer.Zone)),
        { DueAt: null } => Words.T("reason." + row.Reason),
        { Reason: RowReason.Overdue, DueAt: { } due } => Alone(due, viewer),
        { DueAt: { } due } when due < viewer.Now => Words.T("due.was", Words.T("reason." + row.Reason), When.Length(viewer.Now - due)),
        { DueAt: { } due } => Words.T("due.ahead", Words.T("reason." + row.Reason), When.By(due, viewer.Now, viewer.Zone)),
    };

    /// <summary>The part of the queue that a row stands in.</summary>
    public static string Group(InboxRow row, Viewer viewer) =>
        row.Pressing || row.DueAt is null || row.DueAt < viewer.Now.AddHours(1) ? "now"
        : TimeZoneInfo.ConvertTime(row.DueAt.Value, viewer.Zone).Date == TimeZoneInfo.ConvertTime(viewer.Now, viewer.Zone).Date ? "today"
        : "later";
}
