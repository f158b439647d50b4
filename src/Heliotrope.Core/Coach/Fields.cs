using Heliotrope.Core.Phrases;

namespace Heliotrope.Core.Coach;

/// <summary>Merge fields that nothing filled, with the customer's name for those that want it.</summary>
internal static class Fields
{
    public static IEnumerable<Remark> Unfilled(Draft draft) =>
        MergeFields.Find(draft.Hand.Text, draft.Hand.CustomerName)
            .Select(field => new Remark(RemarkKind.MergeField, field.At, field.Length, About: draft.Hand.Text.Substring(field.At, field.Length), Fix: Fill(draft, field)));

    private static string? Fill(Draft draft, MergeField field)
    {
        if (Names.Known(draft) is not { Count: > 0 } name)
        {
            return null;
        }

        var asked = Passage.Of(field.Name);
        var fill = Wants("field-last", asked) ? name[^1] : Wants("field-first", asked) ? name[0] : null;

        // "Dear ," lacks the name itself, and keeps its words and its mark.
        var there = draft.Hand.Text.AsSpan(field.At, field.Length);
        return fill is not null && field.Name == "name" && there.EndsWith(' ') ? $"{there.TrimEnd()} {fill}" : fill;
    }

    private static bool Wants(string section, Passage asked) => asked.Words.Count > 0 && CoachBook.AnyAt(section, asked, 0)?.Words == asked.Words.Count;
}
