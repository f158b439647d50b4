using Heliotrope.Core.People;

namespace Heliotrope.Core.Views;

/// <summary>What a view is to be. What is null stays as it is.</summary>
/// <param name="Name">The name; made one line.</param>
/// <param name="Query">Which conversations, in the language of the search.</param>
/// <param name="Order">What stands first.</param>
/// <param name="Sharing">Who has it.</param>
/// <param name="TeamId">The team it is shared with; only with <see cref="Views.Sharing.Team"/>.</param>
public sealed record ViewWish(string? Name = null, string? Query = null, ListOrder? Order = null, Sharing? Sharing = null, long? TeamId = null);

/// <summary>A list of conversations that somebody saved under a name. It holds what to look for; what each person finds in it is what they may see.</summary>
public sealed class SavedView
{
    /// <summary>In characters: longer ones would not fit the menu.</summary>
    public const int LongestName = 60;

    /// <summary>In characters: nobody reads a longer one.</summary>
    public const int LongestQuery = 1_000;

    private SavedView() => (Name, Query) = ("", "");

    /// <summary>Given by the database.</summary>
    public long Id { get; private set; }

    /// <summary>What it is called.</summary>
    public string Name { get; private set; }

    /// <summary>Which conversations, in the language of the search.</summary>
    public string Query { get; private set; }

    /// <summary>What stands first.</summary>
    public ListOrder Sorting { get; private set; }

    /// <summary>Who has it.</summary>
    public Sharing Sharing { get; private set; }

    /// <summary>The person who made it; null when a program did, or when they are gone.</summary>
    public long? OwnerId { get; private set; }

    /// <summary>The team it is shared with; null when it is not, or when the team is gone.</summary>
    public long? TeamId { get; private set; }

    /// <summary>Part of the demo company, and removed with it.</summary>
    public bool Demo { get; private set; }

    /// <summary>When it was made (UTC).</summary>
    public DateTimeOffset CreatedAt { get; private set; }

    /// <summary>Begins a view.</summary>
    /// <param name="actor">Who.</param>
    /// <param name="wish">What it is to be. A person's is their own unless they say else; a program has none of its own, so its are everybody's.</param>
    /// <param name="now">When (UTC).</param>
    /// <returns>The view, or why there is none.</returns>
    public static Result<SavedView> Begin(Actor actor, ViewWish wish, DateTimeOffset now)
    {
        var person = actor.Kind is ActorKind.Person;
        var view = new SavedView { OwnerId = person ? actor.Id : null, Sharing = person ? Sharing.Own : Sharing.Everybody, CreatedAt = now };
        return view.Change(actor, wish with { Name = wish.Name ?? "", Sharing = wish.Sharing ?? view.Sharing }) is { } refusal ? refusal : view;
    }

    /// <summary>Changes what it is.</summary>
    /// <param name="actor">Who.</param>
    /// <param name="wish">What it is to be.</param>
    /// <returns>The refusal; null when it is done.</returns>
    public Refusal? Change(Actor actor, ViewWish wish)
    {
        var name = OneLine(wish.Name ?? Name);
        var query = OneLine(wish.Query ?? Query);
        var sharing = wish.Sharing ?? Sharing;
        var team = sharing is Sharing.Team ? wish.TeamId ?? TeamId : null;
        if (!MayChange(actor) || (sharing is not Sharing.Own && !actor.MayLead) || !actor.MayWork)
        {
            return Refusal.NotAllowed;
        }

        if (name.Length is 0 or > LongestName)
        {
            return Refusal.Invalid("view.name", $"The name of a view has 1 to {LongestName} characters.", "name");
        }

        if (query.Length > LongestQuery)
        {
            return Refusal.Invalid("view.query-long", $"What a view looks for has at most {LongestQuery} characters.", "query");
        }

        if (sharing is Sharing.Team && team is null)
        {
            return Refusal.Invalid("view.no-team", "Say which team has the view.", "team");
        }

        if (sharing is Sharing.Own && OwnerId is null)
        {
            return Refusal.Invalid("view.nobodys", "A view that no person made cannot be somebody's own: share it with a team or with everybody.", "sharing");
        }

        (Name, Query, Sorting, Sharing, TeamId) = (name, query, wish.Order ?? Sorting, sharing, team);
        return null;
    }

    /// <summary>Marks it as part of the demo company.</summary>
    public void MarkDemo() => Demo = true;

    /// <summary>Whether somebody has it in their lists. Whoever made a view for a team has it, too; an administrator looks after all that is shared.</summary>
    /// <param name="actor">Who.</param>
    /// <param name="teams">The teams they belong to.</param>
    /// <returns>Whether they do.</returns>
    public bool IsFor(Actor actor, IReadOnlyCollection<long> teams) => actor.MayRead && Sharing switch
    {
        Sharing.Everybody => true,
        Sharing.Team => IsOf(actor) || actor.MayAdminister || (actor.Kind is ActorKind.Person && TeamId is { } team && teams.Contains(team)),
        Sharing.Own => IsOf(actor),
    };

    /// <summary>Whether somebody may change it: their own, and what is shared when they lead.</summary>
    /// <param name="actor">Who.</param>
    /// <returns>Whether they may.</returns>
    public bool MayChange(Actor actor) => actor.MayWork && (Sharing is Sharing.Own ? IsOf(actor) || OwnerId is null : actor.MayLead);

    private bool IsOf(Actor actor) => actor.Kind is ActorKind.Person && OwnerId is { } owner && owner == actor.Id;

    private static string OneLine(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}

/// <summary>How one person has a view in their menu.</summary>
public sealed class ViewChoice
{
    /// <summary>The person.</summary>
    public long UserId { get; init; }

    /// <summary>The view.</summary>
    public long ViewId { get; init; }

    /// <summary>Whether it stands in the menu; elsewhere it is one step away.</summary>
    public bool Pinned { get; set; } = true;

    /// <summary>Where it stands among the others; null while nobody has moved it.</summary>
    public int? Position { get; set; }
}
