using Heliotrope.Core.Conversations;
using Heliotrope.Core.Macros;
using Heliotrope.Core.People;
using Heliotrope.Server.Acts;
using Heliotrope.Server.Database;
using Heliotrope.Server.Drafts;

namespace Heliotrope.Server.Macros;

/// <summary>Words with merge fields that are put into a reply, whoever keeps them: filled for one conversation, and put behind what is written.</summary>
internal static class FillWords
{
    /// <summary>The words as they are said in a conversation, in the form in which the composer's script takes them.</summary>
    public static async Task<UsedMacro> Of(HeliotropeDb db, Actor actor, Conversation conversation, long id, string name, string words)
    {
        var values = await MergeValues.Of(db, conversation, actor, await MergeValues.Language(db, conversation));
        var filled = MacroText.Fill(words, field => values.GetValueOrDefault(field));
        return new(id, name, filled.Text, [.. filled.Pieces.Select(piece => new PieceDetails(piece.At, piece.Length, piece.Field, MacroWordsOf.Field(piece.Field), piece.Missing, piece.Fallback))], [], Done: false);
    }

    /// <summary>What is written with the words behind it: for a button without a script.</summary>
    public static DraftBody Behind(DraftBody body, string words) =>
        body with { Text = string.Join("\n\n", new[] { (body.Text ?? "").TrimEnd(), words }.Where(each => each.Length > 0)) };
}
