using Heliotrope.Core.Search;
using Heliotrope.Server.Shell;

namespace Heliotrope.Server.Search;

/// <summary>What the page of the search shows.</summary>
/// <param name="Text">What was typed.</param>
/// <param name="Found">What was found; null when nothing was asked.</param>
/// <param name="MaySave">Whether the viewer may keep the query as a view.</param>
public sealed record SearchView(string Text, SearchDetails? Found, bool MaySave)
{
    /// <summary>More than a few at once helps nobody.</summary>
    private const int MostProblems = 5;

    /// <summary>What was not understood, in words.</summary>
    public IEnumerable<string> Problems => (Found?.Problems ?? []).Take(MostProblems).Select(Say);

    /// <summary>The next page; null on the last.</summary>
    public string? NextHref => Found?.Next is { } next ? $"{Href(Text)}&after={Uri.EscapeDataString(next)}" : null;

    /// <summary>Where the query is kept as a view.</summary>
    public string SaveHref => $"/views/new?q={Uri.EscapeDataString(Found?.Query ?? "")}";

    /// <summary>The page of a query.</summary>
    public static string Href(string query) => $"/search?q={Uri.EscapeDataString(query)}";

    /// <summary>A conversation, at the message in which it was found.</summary>
    public static string ConversationHref(long number, long? entry) => entry is null ? $"/conversations/{number}" : $"/conversations/{number}#entry-{entry}";

    private readonly IReadOnlyList<Sought> _sought = Sought.Of(Query.Read(Text).Words, typing: true);

    /// <summary>A subject with what was looked for in it, or that there is none.</summary>
    public IReadOnlyList<ExcerptPiece> Subject(string subject) => Excerpt.Of(subject.Length > 0 ? subject : Words.T("conversation.no-subject"), _sought);

    /// <summary>What we have of somebody.</summary>
    public static string CustomerHref(FoundCustomer row) => $"/customers/{row.Id}";

    /// <summary>What was not understood of a query, in words.</summary>
    public static string Say(Problem problem) => Words.T(
        "search.problem." + problem.Code[(problem.Code.IndexOf('.', StringComparison.Ordinal) + 1)..], problem.About,
        problem.Operator ?? "", problem.Operator is { } name && Operators.Find(name) is { } of ? string.Join(", ", of.Choices) : "");
}
