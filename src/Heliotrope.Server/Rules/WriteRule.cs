using System.Globalization;
using Heliotrope.Core;
using Heliotrope.Core.Acts;
using Heliotrope.Core.People;
using Heliotrope.Core.Rules;
using Heliotrope.Core.Search;
using Heliotrope.Server.Acts;
using Heliotrope.Server.Database;
using Heliotrope.Server.Platform;
using Microsoft.EntityFrameworkCore;

namespace Heliotrope.Server.Rules;

/// <summary>Writes rules, changes them, orders them and switches them on and off; for leads and administrators.</summary>
internal sealed class WriteRule(Store store, TimeProvider time)
{
    /// <param name="actor">Who writes.</param>
    /// <param name="id">Which one is changed; null for a new one.</param>
    /// <param name="body">What it says.</param>
    /// <param name="cancel">Stops before it is stored.</param>
    public async Task<Result<RuleDetails>> Run(Actor actor, long? id, RuleBody body, CancellationToken cancel) => actor.MayLead
        ? await store.Write<Result<RuleDetails>>(
            actor,
            async db =>
            {
                var all = await db.Rules.OrderBy(r => r.Place).ThenBy(r => r.Id).ToListAsync(cancel);
                var rule = id is { } known ? all.Find(r => r.Id == known) : new Rule { Place = all.Count + 1, TriedVersion = 0 };
                if (rule is null)
                {
                    return Unknown(id!.Value);
                }

                if (id is null && all.Count >= RuleSet.Most)
                {
                    return new Refusal(RefusalKind.Conflict, "rule.too-many", $"There are {RuleSet.Most} rules already.");
                }

                var before = Said(rule);
                if (await Fill(db, rule, body) is { } refusal)
                {
                    return refusal;
                }

                var changed = id is not null && Said(rule) != before;
                if (changed)
                {
                    // What was tried is not what would run now.
                    (rule.Version, rule.IsOn, rule.OnSince) = (rule.Version + 1, false, null);
                }

                if (Switch(rule, body.On, time.Now()) is { } untried)
                {
                    return untried;
                }

                if (id is null || changed || body.Name is not null)
                {
                    (rule.OwnerId, rule.OwnerName, rule.OwnerRole) = (actor.Person, actor.Name, actor.Role!.Value);
                }

                rule.ChangedAt = time.Now();
                if (id is null)
                {
                    all.Add(db.Rules.Add(rule).Entity);
                }

                Order(all, rule, body.Place);
                await db.SaveChangesAsync(cancel);
                db.Audit.Add(AuditLine.Of(actor, id is null ? "rule.written" : changed ? "rule.changed" : "rule.set", Named(rule), rule.ChangedAt));
                return RuleDetails.Of(rule);
            },
            cancel)
        : Refusal.NotAllowed;

    /// <summary>A rule that is not kept, as one that is to be tried.</summary>
    public static async Task<Result<Rule>> Read(HeliotropeDb db, Actor actor, RuleBody body, DateTimeOffset now)
    {
        var rule = new Rule { Name = "?", OwnerId = actor.Person, OwnerName = actor.Name, OwnerRole = actor.Role!.Value, ChangedAt = now };
        return await Fill(db, rule, body with { Name = body.Name ?? "?" }) is { } refusal ? refusal : rule;
    }

    public static Refusal Unknown(long id) => new(RefusalKind.NotFound, "rule.unknown", $"There is no rule {id}.");

    public static string Named(Rule rule) => string.Create(CultureInfo.InvariantCulture, $"{rule.Id} {rule.Name}");

    private static async Task<Refusal?> Fill(HeliotropeDb db, Rule rule, RuleBody body)
    {
        var isNew = rule.Name.Length == 0;
        if (isNew || body.Name is not null)
        {
            rule.Name = string.Join(' ', (body.Name ?? "").Storable(1_000).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
            if (rule.Name.Length is 0 or > Rule.LongestName)
            {
                return Refusal.Invalid("rule.name", $"A rule has a name of 1 to {Rule.LongestName} characters.", "name");
            }
        }

        if (isNew || body.When is not null)
        {
            if (RuleTriggers.Find(body.When ?? "") is not { } trigger)
            {
                return Refusal.Invalid("rule.when", "Nothing of this name sets off a rule.", "when");
            }

            rule.Trigger = trigger;
        }

        rule.Minutes = rule.Trigger is RuleTrigger.Waits ? body.WaitMinutes ?? rule.Minutes : 0;
        rule.WorkingTime = rule.Trigger is RuleTrigger.Waits && (body.WorkingTime ?? rule.WorkingTime);
        if (rule.Trigger is RuleTrigger.Waits && rule.Minutes is < Rule.LeastMinutes or > Rule.MostMinutes)
        {
            return Refusal.Invalid("rule.wait", $"A wait has {Rule.LeastMinutes} to {Rule.MostMinutes} minutes.", "waitMinutes");
        }

        rule.Stop = body.Stop ?? rule.Stop;
        return Which(rule, body) ?? await Then(db, rule, body);
    }

    private static Refusal? Which(Rule rule, RuleBody body)
    {
        if (body.If is not null)
        {
            var query = Query.Read(body.If.Storable(Query.MaxText + 1));
            if (query.Problems is [var problem, ..])
            {
                return new(RefusalKind.Invalid, "rule.query", $"“{problem.About}” was not understood ({problem.Code}).", "if", problem.About.Storable(200));
            }

            rule.Query = query.ToString();
        }

        if (body.Message is { } conditions)
        {
            if (conditions.Count > MessageCondition.Most)
            {
                return Refusal.Invalid("rule.conditions", $"A rule asks at most {MessageCondition.Most} things of a message.", "message");
            }

            var read = new List<MessageCondition>();
            foreach (var condition in conditions)
            {
                var one = MessageCondition.Read(condition?.Field?.Storable(200), condition?.Not ?? false, condition?.Value?.Storable(MessageCondition.LongestValue + 1));
                if (one.Refusal is { } refusal)
                {
                    return refusal;
                }

                read.Add(one.Value);
            }

            rule.Message = MessageCondition.ToJson(read);
        }

        return rule.Message != "[]" && rule.Trigger is not (RuleTrigger.Began or RuleTrigger.CustomerWrote or RuleTrigger.WeAnswered)
            ? Refusal.Invalid("rule.no-message", "What sets this rule off is no message, so nothing can be asked of one.", "message")
            : null;
    }

    private static async Task<Refusal?> Then(HeliotropeDb db, Rule rule, RuleBody body)
    {
        if (body.Then is not null)
        {
            var acts = ActBodies.Read(body.Then, ActUse.Rule);
            var settled = acts.Refusal is null ? (await ActBook.Of(db)).Settle(acts.Value) : acts;
            if (settled.Refusal is { } refusal)
            {
                return refusal;
            }

            rule.Acts = ActList.ToJson(settled.Value);
        }

        return rule.Acts == "[]" ? Refusal.Invalid("rule.nothing", "A rule does at least one thing.", "then") : null;
    }

    private static Refusal? Switch(Rule rule, bool? on, DateTimeOffset now)
    {
        if (on is true && rule.TriedVersion != rule.Version)
        {
            return new(RefusalKind.Conflict, "rule.untried", "Try this rule as it is now, then switch it on.", "on");
        }

        if (on is { } wanted && wanted != rule.IsOn)
        {
            (rule.IsOn, rule.OnSince, rule.OffBecause) = (wanted, wanted ? now : null, "");
        }

        return null;
    }

    private static void Order(List<Rule> all, Rule rule, int? place)
    {
        if (place is { } wanted)
        {
            all.Remove(rule);
            all.Insert(Math.Clamp(wanted - 1, 0, all.Count), rule);
        }

        for (var i = 0; i < all.Count; i++)
        {
            all[i].Place = i + 1;
        }
    }

    /// <summary>What a rule does, without what it is called and where it stands.</summary>
    private static (RuleTrigger, int, bool, string, string, string, bool) Said(Rule rule) => (rule.Trigger, rule.Minutes, rule.WorkingTime, rule.Query, rule.Message, rule.Acts, rule.Stop);

    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapPost("/rules", async (RuleBody body, WriteRule write, HttpContext http) => (await write.Run(http.Actor(), null, body, http.RequestAborted)).ToApi())
            .WithName("writeRule").WithSummary("Write a new rule, which is off until it is tried and switched on; for leads and administrators").Answers<RuleDetails>();
        api.MapPut("/rules/{id:long}", async (long id, RuleBody body, WriteRule write, HttpContext http) => (await write.Run(http.Actor(), id, body, http.RequestAborted)).ToApi())
            .WithName("changeRule").WithSummary("Change a rule, its place in the order, or whether it is on; what it does differently must be tried again").Answers<RuleDetails>();
    }
}
