using Heliotrope.Core.Acts;
using Heliotrope.Server.Acts;
using Heliotrope.Server.Conversations;
using Heliotrope.Server.Shell;

namespace Heliotrope.Server.Macros;

/// <summary>A macro, as the composer offers it.</summary>
public sealed record MacroChoice(long Id, string Name);

/// <summary>The list of macros.</summary>
/// <param name="Rows">Those that the viewer is offered, by name.</param>
public sealed record MacrosView(IReadOnlyList<MacroRow> Rows);

/// <summary>A macro in the list.</summary>
/// <param name="Macro">It.</param>
/// <param name="Acts">What it does, in words.</param>
/// <param name="MayChange">Whether the viewer may change it.</param>
public sealed record MacroRow(MacroDetails Macro, IReadOnlyList<string> Acts, bool MayChange);

/// <summary>The form in which a macro is written.</summary>
/// <param name="Id">Which is written anew; null for a new one.</param>
/// <param name="Form">What was typed, and what is wrong with it.</param>
/// <param name="Acts">What it does, one a row.</param>
/// <param name="Teams">The teams that it can be shared with.</param>
/// <param name="MayShare">Whether the viewer may write what others use.</param>
/// <param name="Fields">The merge fields that there are, this desk's own last.</param>
public sealed record MacroFormView(long? Id, FormState Form, IReadOnlyList<ActBody> Acts, IReadOnlyList<NamedRef> Teams, bool MayShare, IReadOnlyList<string> Fields)
{
    /// <summary>The brands that it can be limited to.</summary>
    public IReadOnlyList<NamedRef> Brands { get; init; } = [];

    /// <summary>Rows for acts: those that there are, and a few to add.</summary>
    public IReadOnlyList<ActBody> Rows => [.. Acts, .. Enumerable.Repeat(new ActBody("", ""), Math.Clamp(ActList.Most - Acts.Count, 0, 3))];

    /// <summary>What a macro can do; its words are the reply.</summary>
    public static IReadOnlyList<string> Kinds { get; } = [.. Enum.GetValues<ActKind>().Where(kind => kind is not (ActKind.Reply or ActKind.Notify)).Select(Act.CodeOf)];
}
