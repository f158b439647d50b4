using System.Text;
using Heliotrope.Core.Phrases;

namespace Heliotrope.Core.Coach;

/// <summary>Tells whether words in brackets are what a merge field is called.</summary>
internal static class FieldName
{
    /// <summary>As words: <c>{{ customer.firstName | default }}</c> is <c>customer first name</c>.</summary>
    public static string Plain(ReadOnlySpan<char> field)
    {
        var words = new StringBuilder(field.Length);
        field = field.Trim("{}[]<>«»%$#@*|!= ");
        foreach (var c in field[..(field.IndexOf('|') is >= 0 and var end ? end : field.Length)])
        {
            if (char.IsUpper(c) && words.Length > 0 && char.IsLower(words[^1]))
            {
                words.Append(' ');
            }

            words.Append(c is '_' or '.' or '-' or ':' or '/' ? ' ' : c);
        }

        return words.ToString().Trim();
    }

    /// <summary>Whether all of it is a field's name, in any language that has a book.</summary>
    public static bool Is(ReadOnlySpan<char> field) => IsWhole("field", Plain(field));

    /// <summary>Whether it is a field's name where a person should be greeted.</summary>
    public static bool IsGreeted(ReadOnlySpan<char> name) => IsWhole("field-in-greeting", Plain(name));

    /// <summary><c>ticket_owner</c>: nobody writes so but for programs.</summary>
    public static bool IsIdentifier(ReadOnlySpan<char> field)
    {
        field = field.Trim("{}%$@ ");
        var mark = field.IndexOf('_');
        return mark > 1 && mark < field.Length - 2 && field.IndexOfAnyExcept(Identifier) < 0;
    }

    /// <summary>Whether the words beside it say that it is the name of something on a screen. A greeting greets no button.</summary>
    public static bool IsOnScreen(Letter letter, int at, int end)
    {
        var words = letter.Passage.Words;
        var (first, next) = (FirstFrom(words, at), FirstFrom(words, end));
        return first > letter.Name.End.Value && (Names(first - 1) || Names(next));

        bool Names(int word) => word >= 0 && word < words.Count && words[Math.Clamp(first, 0, words.Count - 1)].Sentence == words[word].Sentence && CoachBook.AnyAt("on-screen", letter.Passage, word) is not null;
    }

    private static readonly System.Buffers.SearchValues<char> Identifier = System.Buffers.SearchValues.Create("abcdefghijklmnopqrstuvwxyz_0123456789");

    private static bool IsWhole(string section, string words)
    {
        var passage = Passage.Of(words);
        return passage.Words.Count > 0 && CoachBook.AnyAt(section, passage, 0)?.Words == passage.Words.Count;
    }

    private static int FirstFrom(IReadOnlyList<Word> words, int at)
    {
        var (low, high) = (0, words.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = words[middle].At < at ? (middle + 1, high) : (low, middle);
        }

        return low;
    }
}
