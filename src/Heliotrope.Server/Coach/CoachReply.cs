using Heliotrope.Core;
using Heliotrope.Core.Coach;
using Heliotrope.Core.Conversations;
using Heliotrope.Core.People;
using Heliotrope.Core.Promises;
using Heliotrope.Core.Reading;
using Heliotrope.Core.Targets;
using Heliotrope.Server.Conversations;
using Heliotrope.Server.Database;
using Heliotrope.Server.Platform;
using Heliotrope.Server.Settings;
using Heliotrope.Server.Shell;
using Heliotrope.Server.Teams;
using Microsoft.EntityFrameworkCore;

namespace Heliotrope.Server.Coach;

/// <summary>Reads a reply while it is written (docs/method.md, A3 and A5). It changes nothing.</summary>
internal sealed class CoachReply(Store store, Current<TeamRules> rules, TimeProvider time)
{
    /// <summary>Whom a reply is for, and when the team that writes it works.</summary>
    private sealed record Place(long? Customer, long? Driver, WorkingHours Hours);

    /// <param name="actor">Who writes it.</param>
    /// <param name="number">The conversation; null for one that is only being begun.</param>
    /// <param name="text">The words so far. Nothing is said of more than could be sent.</param>
    /// <param name="to">Of one that is being begun: to whom, as it was typed.</param>
    /// <param name="cancel">Given up.</param>
    public async Task<Result<Coached>> Run(Actor actor, long? number, string text, string? to, CancellationToken cancel)
    {
        if (!actor.MayWork || actor.Id is not { } user)
        {
            return Refusal.NotAllowed;
        }

        if (string.IsNullOrWhiteSpace(text) || text.Length > Conversation.MaxText)
        {
            return Coached.Nothing;
        }

        var (now, set) = (time.Now(), await rules.Get());
        return await store.Read<Result<Coached>>(actor, async db =>
        {
            if (await Find(db, set, number, to) is not { } place)
            {
                return Refusal.NoConversation(number!.Value);
            }

            cancel.ThrowIfCancellationRequested();
            var silenced = await SilenceRemark.Of(db, user, place.Driver);
            var inHand = await ReplyMatter.Of(db, number, place.Customer, text);
            return await Read(db, inHand, silenced, place.Hours, now);
        });
    }

    private static async Task<Coached> Read(HeliotropeDb db, ReplyInHand inHand, IReadOnlySet<RemarkKind> silenced, WorkingHours hours, DateTimeOffset now)
    {
        var found = PromiseFinder.In(inHand.Text, now, hours);
        var remarks = ReplyCoach.Read(inHand with { Promises = found }).Where(remark => !silenced.Contains(remark.Kind)).ToList();
        var offered = found.Where(p => p.Length <= Promise.MaxText && (p.Due is not null || remarks.Exists(r => r.Kind is RemarkKind.PromiseDate && r.At == p.At))).ToList();
        var like = new Dictionary<Deed, PromisesLikeIt>();
        foreach (var deed in offered.Select(p => p.Deed).Distinct())
        {
            like[deed] = await PromisesLikeIt.Of(db, deed, now, hours);
        }

        return new(
            LanguageOf(inHand),
            [.. remarks.Select(remark => CoachViews.Of(remark, inHand.Text))],
            [.. offered.Select(p => CoachViews.Of(p, inHand.Text, like[p.Deed], now, hours))]);
    }

    private static async Task<Place?> Find(HeliotropeDb db, TeamRules set, long? number, string? to)
    {
        if (number is not null)
        {
            var found = await db.Conversations.Where(c => c.Number == number).Select(c => new { c.CustomerId, c.TeamId, c.DriverId, c.OurAddress }).FirstOrDefaultAsync();
            return found is null ? null : new(found.CustomerId, found.DriverId, set.For(found.TeamId, found.DriverId, found.OurAddress).Hours);
        }

        var organisation = await Organisation.Of(db);
        var address = StartConversation.Address(to ?? "")?.Value;
        var customer = await db.CustomerAddresses.Where(a => a.Address == address).Select(a => (long?)a.CustomerId).FirstOrDefaultAsync();
        var our = organisation.UsualAddress ?? "";
        return new(customer, null, set.For(organisation.TeamOf(our), null, our).Hours);
    }

    /// <summary>The language that a date is put in: promises are found in two.</summary>
    private static string LanguageOf(ReplyInHand inHand) =>
        new[] { MessageReading.Of(inHand.Text).Language, inHand.CustomerLanguage, Words.Language }.FirstOrDefault(tag => tag is "en" or "de") ?? "en";
}
