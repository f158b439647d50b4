using Heliotrope.Server.Shell;

namespace Heliotrope.Server.Macros;

/// <summary>What merge fields are called, for people.</summary>
internal static class MacroWordsOf
{
    /// <summary>"the customer's first name"; a field of the organisation's own by its own name.</summary>
    public static string Field(string field)
    {
        var words = Words.T("macro.field." + field);
        return words.EndsWith(field, StringComparison.Ordinal) ? field[(field.IndexOf(".fields.", StringComparison.Ordinal) is >= 0 and var at ? at + ".fields.".Length : 0)..] : words;
    }
}
