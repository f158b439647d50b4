using Heliotrope.Core.Views;
using Heliotrope.Server.Conversations;
using Heliotrope.Server.Shell;

namespace Heliotrope.Server.Views;

/// <summary>The page of all saved views.</summary>
/// <param name="Rows">The views, in the order of the person's menu.</param>
/// <param name="MayMake">Whether the person may make views.</param>
public sealed record ViewsView(IReadOnlyList<ViewRow> Rows, bool MayMake);

/// <summary>A saved view on the page of them.</summary>
/// <param name="Id">The id.</param>
/// <param name="Name">What it is called.</param>
/// <param name="Parts">What is in it, in words; empty for everything.</param>
/// <param name="Order">What stands first.</param>
/// <param name="Shared">With whom, in words; null for one's own.</param>
/// <param name="Count">How many conversations are in it.</param>
/// <param name="Pinned">Whether it stands in the menu.</param>
/// <param name="MayChange">Whether the person may change it.</param>
/// <param name="Problems">What of it could not be understood, or is there no more.</param>
/// <param name="Demo">It is part of the demo company.</param>
public sealed record ViewRow(
    long Id, string Name, IReadOnlyList<ViewPart> Parts, ListOrder Order, string? Shared, string Count, bool Pinned, bool MayChange, IReadOnlyList<string> Problems, bool Demo);

/// <summary>The page on which a view is made or changed.</summary>
/// <param name="Id">Which is changed; null for a new one.</param>
/// <param name="Query">Which conversations.</param>
/// <param name="Order">What stands first; null for what is usual.</param>
/// <param name="Sharing">own, everybody, or team: and the id of the team.</param>
/// <param name="Parts">What the query says, in words.</param>
/// <param name="Fields">What else it can say.</param>
/// <param name="Teams">With which teams it can be shared; null for who shares nothing.</param>
/// <param name="Form">The name as typed, and what was refused.</param>
/// <param name="Preview">The list as it would be.</param>
public sealed record ViewForm(
    long? Id, string Query, ListOrder? Order, string Sharing, IReadOnlyList<ViewPart> Parts, IReadOnlyList<ViewField> Fields, IReadOnlyList<NamedRef>? Teams, FormState Form, InboxView Preview)
{
    /// <summary>The address of the page, with what it holds.</summary>
    public static string Href(long? id, string name, string query, string? order, string? sharing)
    {
        IEnumerable<(string Name, string? Value)> held = [("name", name), ("q", query), ("order", order), ("share", sharing)];
        return $"{(id is { } known ? $"/views/{known}/edit" : "/views/new")}?{string.Join('&', held.Select(each => $"{each.Name}={Uri.EscapeDataString(each.Value ?? "")}"))}";
    }
}
