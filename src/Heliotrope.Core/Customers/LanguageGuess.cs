using Heliotrope.Core.Reading;

namespace Heliotrope.Core.Customers;

/// <summary>The language of a message, when it is one in which we can answer by ourselves.</summary>
public static class LanguageGuess
{
    /// <summary>The languages in which we can answer, as two-letter codes.</summary>
    public static IReadOnlyCollection<string> Languages => SmallWords.Languages;

    /// <summary>Guesses the language.</summary>
    /// <param name="text">What somebody wrote.</param>
    /// <returns>A two-letter code, or null when unsure or when it is another one.</returns>
    public static string? Of(string text) => LanguageReading.Of(text) is { } language && Languages.Contains(language) ? language : null;
}
