using System.Globalization;
using Heliotrope.Core;
using Heliotrope.Core.Acts;
using Heliotrope.Core.People;
using Heliotrope.Server.Conversations;
using Heliotrope.Server.Database;
using Heliotrope.Server.Tags;
using Heliotrope.Server.Teams;
using Microsoft.EntityFrameworkCore;

namespace Heliotrope.Server.Acts;

/// <summary>Everybody and everything that acts name, read once for any number of conversations.</summary>
/// <param name="Users">Colleagues.</param>
/// <param name="Names">Teams and drivers.</param>
/// <param name="Tags">How many tags there are, and what they are called.</param>
/// <param name="Readers">The ids of colleagues who only read.</param>
internal sealed record ActBook(IReadOnlyList<UserRef> Users, Names Names, IReadOnlyList<string> Tags, IReadOnlySet<long> Readers)
{
    private const int MostUsers = 5_000;

    public static async Task<ActBook> Of(HeliotropeDb db) => new(
        await db.Users.Where(u => u.LeftAt == null).OrderBy(u => u.Name).ThenBy(u => u.Id).Take(MostUsers).Select(u => new UserRef(u.Id, u.Name, u.Email!)).ToListAsync(),
        await Names.Of(db),
        await db.Tags.OrderBy(t => t.Id).Take(ChangeTags.MostInAll).Select(t => t.Name).ToListAsync(),
        await db.Users.Where(u => u.LeftAt == null && u.Role == Role.Light).Select(u => u.Id).Take(MostUsers).ToHashSetAsync());

    /// <summary>Colleagues who answer customers.</summary>
    public IEnumerable<UserRef> Workers => Users.Where(user => !Readers.Contains(user.Id));

    /// <summary>The same acts with ids for names, as they are kept: a name can change, an id stays. A refusal names the act.</summary>
    public Result<IReadOnlyList<Act>> Settle(IReadOnlyList<Act> acts)
    {
        var settled = new List<Act>(acts.Count);
        foreach (var act in acts)
        {
            var one = Settle(act);
            if (one.Refusal is { } refusal)
            {
                return ActList.At(refusal, settled.Count);
            }

            settled.Add(one.Value);
        }

        // Tags that nobody used before are made, as long as anybody can still choose from all.
        var made = settled.Where(act => act.Kind is ActKind.Tag && !Tags.Contains(act.Value, StringComparer.OrdinalIgnoreCase)).ToList();
        return Tags.Count + made.Count > ChangeTags.MostInAll && made.Count > 0
            ? ActList.At(Refusal.Invalid("tag.all-taken", $"There are {ChangeTags.MostInAll} tags already: choose one of them."), settled.IndexOf(made[0]))
            : settled;
    }

    /// <summary>The same acts as this actor would do them now: with ids for names, and "me" is them. A refusal names the act.</summary>
    public Result<IReadOnlyList<Act>> For(Actor actor, IReadOnlyList<Act> acts)
    {
        var settled = Settle(acts);
        if (settled.Refusal is not null)
        {
            return settled;
        }

        var concrete = new List<Act>(acts.Count);
        foreach (var act in settled.Value)
        {
            var one = By(actor, act);
            if (one.Refusal is { } nobody)
            {
                return ActList.At(nobody, concrete.Count);
            }

            concrete.Add(one.Value);
        }

        return concrete;
    }

    /// <summary>The colleague with an id, as text.</summary>
    public UserRef? User(string id) => long.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? Users.FirstOrDefault(u => u.Id == number) : null;

    public NamedRef? Team(string id) => Names.Teams.FirstOrDefault(t => Text(t.Id) == id);

    public NamedRef? Driver(string id) => Names.Drivers.FirstOrDefault(d => Text(d.Id) == id);

    private Result<Act> Settle(Act act)
    {
        switch (act.Kind)
        {
            case ActKind.Assign when act.Value is not ("" or Act.Me or Act.Best):
                return FindUser(act.Value) is { } reader && Readers.Contains(reader.Id) ? Assign.OnlyReads
                    : FindUser(act.Value) is { } user ? act with { Value = Text(user.Id) } : NoUser;
            case ActKind.Team:
                return Named(act, Names.Teams, NoTeam);
            case ActKind.Driver:
                return Named(act, Names.Drivers, Refusal.Invalid("driver.unknown", "There is no such driver."));
            case ActKind.Notify when act.Value.StartsWith("user:", StringComparison.Ordinal):
                return FindUser(act.Value[5..]) is { } told ? act with { Value = $"user:{Text(told.Id)}" } : NoUser;
            case ActKind.Notify when act.Value.StartsWith("team:", StringComparison.Ordinal):
                var team = Named(new(ActKind.Team, act.Value[5..]), Names.Teams, NoTeam);
                return team.Refusal is { } refusal ? refusal : act with { Value = $"team:{team.Value.Value}" };
            default:
                return act;
        }
    }

    private static Refusal NoUser => Refusal.Invalid("user.unknown", "No colleague has this id or mail address.");

    private static Refusal NoTeam => Refusal.Invalid("team.unknown", "No team has this id or name.");

    private static Result<Act> Named(Act act, IReadOnlyList<NamedRef> all, Refusal unknown)
    {
        var found = Names.Find([.. all], act.Value, unknown);
        return found.Refusal is { } refusal ? refusal : act with { Value = found.Value is { } named ? Text(named.Id) : "" };
    }

    private UserRef? FindUser(string named) => User(named.Trim()) ?? Users.FirstOrDefault(u => u.Email.Equals(named.Trim(), StringComparison.OrdinalIgnoreCase));

    /// <summary>An act as this actor would do it now: "me" is them.</summary>
    private static Result<Act> By(Actor actor, Act act) => act is { Kind: ActKind.Assign, Value: Act.Me }
        ? actor is { Kind: ActorKind.Person, Id: { } id } ? act with { Value = Text(id) } : NoUser
        : act;

    private static string Text(long id) => id.ToString(CultureInfo.InvariantCulture);
}
