namespace Heliotrope.Server.Conversations;

/// <summary>The shape and the tone that go with a reason's words, so that colour is never the only sign.</summary>
internal static class Reasons
{
    public static string Icon(RowReason reason) => reason switch
    {
        RowReason.SaidNo => "unhappy",
        RowReason.AskedForPerson => "person",
        RowReason.DateCame => "clock",
        RowReason.NotSent => "alert",
        RowReason.Overdue => "late",
        RowReason.CameBack => "return",
        RowReason.NoAnswerYet => "clock",
        RowReason.TheyAnswered => "chat",
        RowReason.TheirTurn => "send",
        RowReason.Later => "clock",
        RowReason.Asked => "rising",
        RowReason.Confirmed => "confirmed",
        RowReason.Thanked => "thanked",
        RowReason.Silent => "silent",
    };

    public static string? Tone(RowReason reason) => reason switch
    {
        RowReason.SaidNo or RowReason.NotSent => "clay",
        RowReason.AskedForPerson or RowReason.DateCame or RowReason.Overdue or RowReason.CameBack => "sun",
        RowReason.Confirmed => "leaf",
        _ => null,
    };

    /// <summary>The drawing of an ending; a conversation that has none yet is open.</summary>
    public static string Ending(string? ending) => ending ?? "unanswered";

    /// <summary>The tone of an ending.</summary>
    public static string? EndingTone(string? ending) => ending switch { "confirmed" => "leaf", "unhappy" => "clay", _ => null };
}
