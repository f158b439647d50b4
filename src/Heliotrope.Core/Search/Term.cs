using System.Text;

namespace Heliotrope.Core.Search;

/// <summary>One thing that a query asks for.</summary>
/// <param name="Not">It must not be so.</param>
public abstract record Term(bool Not)
{
    /// <summary>As it is typed.</summary>
    public sealed override string ToString() => Not ? "-" + Said : Said;

    /// <summary>As it is typed, without its sign.</summary>
    protected abstract string Said { get; }
}

/// <summary>Words that are looked for in what was said.</summary>
/// <param name="Text">One word, or several that stand in this order.</param>
/// <param name="Phrase">Said in quotation marks.</param>
/// <param name="Not">It must not be there.</param>
public sealed record TextTerm(string Text, bool Phrase, bool Not) : Term(Not)
{
    /// <inheritdoc/>
    protected override string Said => Phrase ? Quoting.Quote(Text) : Text;
}

/// <summary>A condition.</summary>
/// <param name="Operator">Of which kind.</param>
/// <param name="Values">The values of which one must be true, also those that were not understood; empty when none was said.</param>
/// <param name="Not">None of them may be true.</param>
public sealed record OperatorTerm(Operator Operator, IReadOnlyList<Value> Values, bool Not) : Term(Not)
{
    /// <summary>Those that were understood. When there are none, the condition narrows nothing.</summary>
    public IEnumerable<Value> Understood => Values.Where(v => v is not UnreadValue);

    /// <inheritdoc/>
    protected override string Said => $"{Operator.Name}:{string.Join(',', Values.Select(v => Quoting.Value(v.Said)))}";
}

/// <summary>Quotation marks around what would otherwise fall apart.</summary>
internal static class Quoting
{
    public static string Quote(string text)
    {
        var quoted = new StringBuilder("\"");
        foreach (var c in text)
        {
            if (c is '"' or '\\')
            {
                quoted.Append('\\');
            }

            quoted.Append(c);
        }

        return quoted.Append('"').ToString();
    }

    public static string Value(string text) => text.Length > 0 && text.All(IsBare) ? text : Quote(text);

    public static bool IsBare(char c) => !char.IsWhiteSpace(c) && c is not (',' or '"');
}
