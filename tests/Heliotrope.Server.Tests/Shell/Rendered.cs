using Heliotrope.Server.Live;
using Heliotrope.Server.Outbox;
using Heliotrope.Server.Settings;
using Heliotrope.Server.Shell;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Heliotrope.Server.Tests.Shell;

/// <summary>Pages as the browser gets them, without a server around them.</summary>
internal static class Rendered
{
    public static Viewer Priya { get; } = new("p1", "Priya Raman", "priya@morrow.example", "admin", TimeZoneInfo.Utc, new(2026, 11, 19, 13, 42, 0, TimeSpan.Zero));

    public static async Task<string> Html<TPage>(Dictionary<string, object?> parameters)
        where TPage : IComponent
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Services.AddAntiforgery().AddHttpContextAccessor().AddSingleton<AssetFiles>().AddSingleton(new Departure(OutboxState.Kept));
        builder.Services.AddSingleton(TimeProvider.System).AddSingleton<LiveUpdates>().AddSingleton<Presence>();
        builder.Services.AddSingleton(new Current<Organisation>(new LiveUpdates(), () => Task.FromResult(new Organisation("Morrow", 7, 10, new Dictionary<string, long?>(), [], new HashSet<string>()))));
        await using var app = builder.Build();
        await using var renderer = new HtmlRenderer(app.Services, app.Services.GetRequiredService<ILoggerFactory>());
        return await renderer.Dispatcher.InvokeAsync(async () =>
            (await renderer.RenderComponentAsync<TPage>(ParameterView.FromDictionary(parameters))).ToHtmlString());
    }
}
