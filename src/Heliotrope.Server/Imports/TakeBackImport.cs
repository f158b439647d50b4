using Heliotrope.Core.Conversations;
using Heliotrope.Server.Database;
using Heliotrope.Server.Figures;
using Microsoft.EntityFrameworkCore;

namespace Heliotrope.Server.Imports;

/// <summary>
/// Takes an import back, a batch at a time: what it made, and nothing else. What colleagues have worked in since stays, and is told.
/// </summary>
internal static class TakeBackImport
{
    /// <summary>Small enough that a reply never waits long for its turn.</summary>
    private const int MostAtOnce = 40;

    /// <summary>Takes some of it back, in a transaction of the caller's. False when nothing is left.</summary>
    public static async Task<bool> Some(HeliotropeDb db, long import) =>
        await Conversations(db, import) || await Messages(db, import) || await Customers(db, import) || await Organisations(db, import) || await Teams(db, import) || await Rest(db, import);

    private static async Task<bool> Conversations(HeliotropeDb db, long import)
    {
        var rows = await db.ImportedThings.Where(i => i.ImportId == import && i.Kind == ImportedKind.Conversation && i.Made).OrderBy(i => i.Id).Take(MostAtOnce).ToListAsync();
        if (rows.Count == 0)
        {
            return false;
        }

        var numbers = rows.ConvertAll(row => row.ConversationNumber!.Value);
        var worked = await (
            from row in db.ImportedThings
            join entry in db.Entries on row.ConversationNumber equals entry.ConversationNumber
            where row.ImportId == import && row.Kind == ImportedKind.Conversation && numbers.Contains(entry.ConversationNumber) && entry.Kind != EntryKind.Event
                && !db.ImportedThings.Any(m => m.Kind == ImportedKind.Message && m.EntryId == entry.Id)
            select entry.ConversationNumber).Distinct().ToListAsync();
        if (worked.Count > 0)
        {
            // What stays is nobody's to take back any more.
            await db.ImportedThings.Where(i => i.ImportId == import && worked.Contains(i.ConversationNumber!.Value)).ExecuteUpdateAsync(set => set.SetProperty(i => i.Made, false));
            var row = await db.Imports.SingleAsync(i => i.Id == import);
            var tally = ImportTally.Of(row.Tally);
            tally.Add("kept", worked.Count);
            row.Tally = tally.ToString();
        }

        await Remove(db, numbers.Except(worked).ToList());
        return true;
    }

    private static async Task Remove(HeliotropeDb db, List<long> numbers)
    {
        var mail = await db.Entries.Where(e => numbers.Contains(e.ConversationNumber) && e.RawMailId != null).Select(e => e.RawMailId!.Value).ToListAsync();
        var bytes = await db.Outbox.Where(o => o.ConversationNumber != null && numbers.Contains(o.ConversationNumber.Value)).Select(o => o.BytesId).Distinct().ToListAsync();
        var tags = await db.ConversationTags.Where(t => numbers.Contains(t.ConversationNumber)).Select(t => t.TagId).Distinct().ToListAsync();

        // With a conversation go its entries and their files, its tags, readings and mails, and what says that it was imported.
        await db.Conversations.Where(c => numbers.Contains(c.Number)).ExecuteDeleteAsync();
        await KeepFigures.ForgetDays(db, CancellationToken.None);
        await db.RawMail.Where(m => mail.Contains(m.Id)).ExecuteDeleteAsync();
        await db.OutboxBytes.Where(b => bytes.Contains(b.Id)).ExecuteDeleteAsync();
        await db.Tags.Where(t => tags.Contains(t.Id) && !db.ConversationTags.Any(c => c.TagId == t.Id)).ExecuteDeleteAsync();
        db.Touched.UnionWith(numbers);
    }

    /// <summary>Messages that came into conversations which were here already.</summary>
    private static async Task<bool> Messages(HeliotropeDb db, long import)
    {
        var entries = await db.ImportedThings.Where(i => i.ImportId == import && i.Kind == ImportedKind.Message && i.Made && i.EntryId != null).OrderBy(i => i.Id).Select(i => i.EntryId!.Value).Take(MostAtOnce).ToListAsync();
        var mail = await db.Entries.Where(e => entries.Contains(e.Id) && e.RawMailId != null).Select(e => e.RawMailId!.Value).ToListAsync();
        db.Touched.UnionWith(await db.Entries.Where(e => entries.Contains(e.Id)).Select(e => e.ConversationNumber).Distinct().ToListAsync()); // what is left is counted again
        await db.Entries.Where(e => entries.Contains(e.Id)).ExecuteDeleteAsync();
        await db.RawMail.Where(m => mail.Contains(m.Id)).ExecuteDeleteAsync();
        return entries.Count > 0;
    }

    private static async Task<bool> Customers(HeliotropeDb db, long import)
    {
        var customers = await db.ImportedThings.Where(i => i.ImportId == import && i.Kind == ImportedKind.Person && i.Made && i.CustomerId != null).OrderBy(i => i.Id).Select(i => i.CustomerId!.Value).Take(MostAtOnce).ToListAsync();
        var gone = db.Customers.Where(c => customers.Contains(c.Id)
            && !db.Conversations.Any(x => x.CustomerId == c.Id) && !db.Purchases.Any(p => p.CustomerId == c.Id) && !db.ProductEvents.Any(e => e.CustomerId == c.Id));
        await gone.ExecuteDeleteAsync();
        await db.ImportedThings.Where(i => i.ImportId == import && i.Kind == ImportedKind.Person && customers.Contains(i.CustomerId!.Value)).ExecuteUpdateAsync(set => set.SetProperty(i => i.Made, false)); // those who stay
        return customers.Count > 0;
    }

    private static async Task<bool> Organisations(HeliotropeDb db, long import)
    {
        var made = await db.ImportedThings.Where(i => i.ImportId == import && i.Kind == ImportedKind.Organisation && i.Made && i.OrganisationId != null).OrderBy(i => i.Id).Select(i => i.OrganisationId!.Value).Take(MostAtOnce).ToListAsync();

        // Those in which only people of the import are; they belong where their addresses say, again.
        var gone = await db.Organisations.Where(o => made.Contains(o.Id) && !db.Customers.Any(c => c.OrganisationId == o.Id && !db.ImportedThings.Any(i => i.ImportId == import && i.CustomerId == c.Id))).Select(o => (long?)o.Id).ToListAsync();
        await db.Customers.Where(c => gone.Contains(c.OrganisationId)).ExecuteUpdateAsync(set => set.SetProperty(c => c.OrganisationId, (long?)null).SetProperty(c => c.OrganisationSet, false));
        await db.Organisations.Where(o => gone.Contains(o.Id)).ExecuteDeleteAsync();
        await db.ImportedThings.Where(i => i.ImportId == import && i.Kind == ImportedKind.Organisation && made.Contains(i.OrganisationId!.Value)).ExecuteUpdateAsync(set => set.SetProperty(i => i.Made, false)); // those who stay
        return made.Count > 0;
    }

    private static async Task<bool> Teams(HeliotropeDb db, long import)
    {
        var teams = await db.ImportedThings.Where(i => i.ImportId == import && i.Kind == ImportedKind.Team && i.Made && i.TeamId != null).Select(i => i.TeamId!.Value).ToListAsync();
        await db.Teams.Where(t => teams.Contains(t.Id) && !db.Conversations.Any(c => c.TeamId == t.Id) && !db.TeamMembers.Any(m => m.TeamId == t.Id) && !db.OurAddresses.Any(a => a.TeamId == t.Id) && !db.Brands.Any(b => b.TeamId == t.Id)).ExecuteDeleteAsync();
        await db.ImportedThings.Where(i => i.ImportId == import && i.Kind == ImportedKind.Team).ExecuteUpdateAsync(set => set.SetProperty(i => i.Made, false));
        db.Touched.Add(Live.LiveChange.Settings);
        return teams.Count > 0;
    }

    private static async Task<bool> Rest(HeliotropeDb db, long import)
    {
        // What stays is known by its id also to the next import, and does not come twice.
        await db.ImportedThings.Where(i => i.ImportId == import && i.ConversationNumber == null && i.CustomerId == null && i.TeamId == null && i.OrganisationId == null).ExecuteDeleteAsync();
        return false;
    }
}
