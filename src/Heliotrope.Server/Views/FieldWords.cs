using Heliotrope.Core.Search;
using Heliotrope.Server.Shell;

namespace Heliotrope.Server.Views;

/// <summary>What a query says, in words, for whoever does not know its language.</summary>
internal static class FieldWords
{
    /// <summary>What an operator is about: "Team", "Promise".</summary>
    public static string Of(Operator of) => Words.T("find." + of.Name);

    /// <summary>One thing that a query asks for: "Team: Billing or Repairs", "not Feeling: bad".</summary>
    public static string Of(Term term)
    {
        var said = term switch
        {
            OperatorTerm by => Words.T("find.says", Of(by.Operator), string.Join($" {Words.T("find.or")} ", by.Values.Select(value => Value(by.Operator.Name, value.Said)))),
            TextTerm { Text: var text } => Words.T("find.says", Words.T("find.words"), text),
            _ => term.ToString(),
        };
        return term.Not ? Words.T("find.not", said) : said;
    }

    /// <summary>A value of an operator: "broken", "longer than 2 days". What has no words of its own is a name.</summary>
    public static string Value(string of, string said)
    {
        if (of is "language" && said.Length == 2 && said.All(char.IsAsciiLetter))
        {
            return Words.OfLanguage(said.ToLowerInvariant());
        }

        var (compared, rest) = said is ['>' or '<', ..] ? (said[0] is '>' ? "find.more" : "find.less", said[1..].TrimStart('=')) : (null, said);
        var length = Length(rest);
        var words = length is null ? Known($"find.{of}.{rest}") ?? rest : of is "waiting" or "due" ? length : Words.T("find.ago", length);
        return (compared, of) switch
        {
            (null, _) => words,
            ("find.more", "created") => Words.T("find.later", words),
            (_, "created") => Words.T("find.earlier", words),
            ("find.more", _) => Words.T("find.more", words),
            _ => Words.T("find.less", words),
        };
    }

    /// <summary>"2 days" for 2d; null for what is no length.</summary>
    private static string? Length(string said)
    {
        var number = said.Length is > 1 and < 7 && said[..^1].All(char.IsAsciiDigit) ? long.Parse(said[..^1], System.Globalization.CultureInfo.InvariantCulture) : -1;
        return (number, said) switch
        {
            ( < 0, _) => null,
            (_, [.., 'h']) => Words.Count("find.hours", number),
            (_, [.., 'd']) => Words.Count("find.days", number),
            (_, [.., 'w']) => Words.Count("find.weeks", number),
            (_, [.., 'm']) => Words.Count("find.months", number),
            (_, [.., 'y']) => Words.Count("find.years", number),
            _ => null,
        };
    }

    private static string? Known(string key) => Words.T(key) is var words && words != key ? words : null;
}
