namespace Heliotrope.Core.Search;

/// <summary>How a value is compared.</summary>
public enum Comparison
{
    /// <summary>Just this.</summary>
    Same,
    /// <summary>Below or before.</summary>
    Less,
    /// <summary>Not above or after.</summary>
    AtMost,
    /// <summary>Above or after.</summary>
    More,
    /// <summary>Not below or before.</summary>
    AtLeast,
}

/// <summary>One value of an operator.</summary>
/// <param name="Said">As it was said.</param>
public abstract record Value(string Said);

/// <summary>A name, an address or a part of one.</summary>
/// <param name="Said">The name.</param>
public sealed record NameValue(string Said) : Value(Said);

/// <summary>One of the operator's choices.</summary>
/// <param name="Said">The choice, in small letters.</param>
public sealed record ChoiceValue(string Said) : Value(Said);

/// <summary>A day, a month, a year, or so long ago.</summary>
/// <param name="Said">As it was said.</param>
/// <param name="Comparison">Before or after it.</param>
/// <param name="When">When.</param>
public sealed record WhenValue(string Said, Comparison Comparison, When When) : Value(Said);

/// <summary>A length of time.</summary>
/// <param name="Said">As it was said.</param>
/// <param name="Comparison">Longer or shorter.</param>
/// <param name="Length">How long.</param>
public sealed record LengthValue(string Said, Comparison Comparison, TimeSpan Length) : Value(Said);

/// <summary>A number.</summary>
/// <param name="Said">As it was said.</param>
/// <param name="Comparison">Above or below.</param>
/// <param name="Number">The number.</param>
public sealed record NumberValue(string Said, Comparison Comparison, long Number) : Value(Said);

/// <summary>A value that was not understood: it stays in the text and narrows nothing.</summary>
/// <param name="Said">As it was said.</param>
/// <param name="Code">Why, as in <see cref="Problem.Code"/>.</param>
public sealed record UnreadValue(string Said, string Code) : Value(Said);

/// <summary>Something in a query that was not understood.</summary>
/// <param name="Code">A stable code: <c>query.operator</c>, <c>query.value-missing</c>, <c>query.choice</c>, <c>query.date</c>, <c>query.length</c>, <c>query.number</c>, <c>query.too-long</c> or <c>query.too-much</c>.</param>
/// <param name="About">The piece of the text.</param>
/// <param name="Start">Where it begins, from 0.</param>
/// <param name="Length">How many characters it has.</param>
/// <param name="Operator">The operator that it stands with; null for none.</param>
public sealed record Problem(string Code, string About, int Start, int Length, string? Operator = null);
