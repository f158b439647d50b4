namespace Heliotrope.Core.Acts;

/// <summary>What can be done to a conversation by a list: by many at once, by a macro, or by a rule. None of them begins another list.</summary>
public enum ActKind
{
    /// <summary>Give it to a colleague, or to nobody.</summary>
    Assign,
    /// <summary>Give it to a team, or to none.</summary>
    Team,
    /// <summary>Put a tag on it.</summary>
    Tag,
    /// <summary>Take a tag off it.</summary>
    Untag,
    /// <summary>Say why they had to contact us (docs/method.md, D1), or leave it open.</summary>
    Driver,
    /// <summary>Put it off for a while, or until an instant.</summary>
    Snooze,
    /// <summary>Resolve it: the confidence check goes out.</summary>
    Resolve,
    /// <summary>Open it again.</summary>
    Reopen,
    /// <summary>Put it into the spam folder.</summary>
    Spam,
    /// <summary>Take it out of the spam folder.</summary>
    NotSpam,
    /// <summary>Say something among colleagues.</summary>
    Note,
    /// <summary>Write to the customer; only macros and rules do.</summary>
    Reply,
    /// <summary>Tell colleagues.</summary>
    Notify,
}

/// <summary>One thing to be done to a conversation.</summary>
/// <param name="Kind">What.</param>
/// <param name="Value">
/// With what: an id for <see cref="ActKind.Assign"/>, <see cref="ActKind.Team"/> and <see cref="ActKind.Driver"/> (empty for none; also <see cref="Me"/> and <see cref="Best"/>),
/// a name for tags, a time for <see cref="ActKind.Snooze"/> as <see cref="RestFor"/> reads it, words for notes and replies, and for <see cref="ActKind.Notify"/>
/// <c>assignee</c>, <c>user:</c> or <c>team:</c> and an id. Empty for all else.
/// </param>
public sealed record Act(ActKind Kind, string Value = "")
{
    /// <summary>Whoever does it.</summary>
    public const string Me = "me";

    /// <summary>Whoever is best for this conversation at that moment.</summary>
    public const string Best = "best";

    /// <summary>Whoever answers for it.</summary>
    public const string Assignee = "assignee";

    /// <summary>In characters; as long as a tag's name is anywhere.</summary>
    public const int LongestTag = 40;

    /// <summary>The longest id, name or address that somebody is named by.</summary>
    public const int LongestName = 254;

    /// <summary>The code of a kind, as programs write it: <c>not-spam</c>.</summary>
    /// <param name="kind">The kind.</param>
    /// <returns>The code.</returns>
    public static string CodeOf(ActKind kind) => Codes.Of(kind);

    /// <summary>The kind with a code; null when there is none.</summary>
    /// <param name="code">The code.</param>
    /// <returns>The kind.</returns>
    public static ActKind? KindOf(string code) => Codes.Find<ActKind>(code);

    /// <summary>The code of its kind.</summary>
    public string Code => CodeOf(Kind);
}
