using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;

namespace Heliotrope.Server.Shell;

/// <summary>Words in a drawing. Razor keeps the element's own name for itself, so it is written from here.</summary>
public sealed class Label : ComponentBase
{
    /// <summary>Where the words start or end, as a length or a share such as "50%".</summary>
    [Parameter, EditorRequired] public required string X { get; set; }

    /// <summary>The line they stand on, in pixels from the top.</summary>
    [Parameter, EditorRequired] public required double Y { get; set; }

    /// <summary>The words.</summary>
    [Parameter, EditorRequired] public required string Words { get; set; }

    /// <summary>start, middle or end: which part of the words stands at X.</summary>
    [Parameter] public string Anchor { get; set; } = "start";

    /// <summary>The style's name.</summary>
    [Parameter] public string? Class { get; set; }

    /// <inheritdoc />
    protected override void BuildRenderTree(RenderTreeBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.OpenElement(0, "text");
        builder.AddAttribute(1, "x", X);
        builder.AddAttribute(2, "y", Y.ToString(System.Globalization.CultureInfo.InvariantCulture));
        builder.AddAttribute(3, "text-anchor", Anchor);
        builder.AddAttribute(4, "class", Class);
        builder.AddContent(5, Words);
        builder.CloseElement();
    }
}
