using Heliotrope.Core.Imports;
using Heliotrope.Server.Database;
using Heliotrope.Server.Platform;
using Heliotrope.Server.Settings;
using Heliotrope.Server.Teams;

namespace Heliotrope.Server.Imports;

/// <summary>Does one batch: the same for the dry run, which changes nothing, and for the real one.</summary>
internal sealed class ImportBatches(Current<Organisation> organisation, Current<TeamRules> rules, TakeInConversations conversations, TakeInMail mail, TimeProvider time)
{
    public async Task Do(HeliotropeDb db, Import import, ImportBatch batch, ImportTally tally, ImportSeen seen, bool dry)
    {
        var step = new ImportStep(db, import, tally, seen, dry, await organisation.Get(), await rules.Get(), time.Now());
        foreach (var piece in batch.Pieces.Where(piece => piece.Mapped is not null))
        {
            var mapped = piece.Mapped!;
            if (mapped.Skipped is { } why)
            {
                tally.Leave(why, piece.Where, mapped.About);
            }

            foreach (var remark in mapped.Remarks)
            {
                tally.Remark(remark, piece.Where, mapped.About);
            }
        }

        List<(ForeignThing Thing, string Where)> things = [.. batch.Pieces.Where(piece => piece.Mapped?.Thing is not (null or ForeignConversation)).Select(piece => (piece.Mapped!.Thing!, piece.Where))];
        if (things.Count > 0)
        {
            await TakeInPeople.Write(step, things);
        }

        List<(ForeignConversation Conversation, string Where)> talks = [.. batch.Pieces.Where(piece => piece.Mapped?.Thing is ForeignConversation).Select(piece => ((ForeignConversation)piece.Mapped!.Thing!, piece.Where))];
        if (talks.Count > 0)
        {
            await conversations.Write(step, talks, batch.Words);
        }

        if (batch.Threads.Count > 0)
        {
            await mail.Write(step, batch.Threads);
        }
    }
}
