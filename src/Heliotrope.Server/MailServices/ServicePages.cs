using Heliotrope.Core;
using Heliotrope.Server.Platform;
using Heliotrope.Server.Shell;
using Microsoft.AspNetCore.Mvc;

namespace Heliotrope.Server.MailServices;

/// <summary>The page of the mail services and its forms.</summary>
internal sealed class ServicePages(ListMailServices list, Pages pages)
{
    private const string Here = "/settings/mail-services";

    public static void Map(IEndpointRouteBuilder admin)
    {
        var services = admin.MapGroup("/mail-services");
        services.MapGet("", (ServicePages show, HttpContext http) => show.Show(http));
        services.MapPost("", async ([FromForm] string? kind, [FromForm] string? name, ChangeMailService change, ServicePages show, HttpContext http) =>
        {
            var added = await change.Add(http.Actor(), new(KindOf(kind), name), http.RequestAborted);
            return added.Refusal is { } refusal ? await show.Show(http, forms: Forms("add", Pages.Again(refusal, ("kind", kind), ("name", name)))) : await show.Show(http, added.Value);
        });
        services.MapPost("/{id:long}/token", async (long id, ChangeMailService change, ServicePages show, HttpContext http) =>
        {
            // Shown this once: a redirect would lose the address or put it into another one.
            var renewed = await change.RenewToken(http.Actor(), id, http.RequestAborted);
            return renewed.Refusal is { } refusal ? Pages.Refused(refusal) : await show.Show(http, renewed.Value);
        });
        services.MapPost("/{id:long}/key", async (long id, [FromForm] string? key, ChangeMailService change, ServicePages show, HttpContext http) =>
            (await change.SetKey(http.Actor(), id, new(key ?? ""), http.RequestAborted)).Refusal switch
            {
                null => Results.LocalRedirect(Here),
                { Kind: RefusalKind.Invalid } refusal => await show.Show(http, forms: Forms(ServicesView.KeyForm(id), Pages.Again(refusal))), // what was typed may be secret: it is not shown again
                { } refusal => Pages.Refused(refusal),
            });
        services.MapPost("/{id:long}/remove", async (long id, ChangeMailService change, HttpContext http) =>
            (await change.Remove(http.Actor(), id, http.RequestAborted)).Refusal is { } refusal ? Pages.Refused(refusal) : Results.LocalRedirect(Here));
    }

    private static Dictionary<string, FormState> Forms(string form, FormState state) => new() { [form] = state };

    private static MailServiceKind? KindOf(string? kind) => Enum.TryParse<MailServiceKind>(kind, ignoreCase: true, out var parsed) && kind.All(char.IsLetter) ? parsed : null;

    private async Task<IResult> Show(HttpContext http, MailServiceAddress? made = null, IReadOnlyDictionary<string, FormState>? forms = null) =>
        Pages.Form<ServicesPage>(new { Viewer = pages.Viewer(http), View = new ServicesView((await list.Run(http.Actor())).Value, made, forms) }, again: forms is not null);
}

/// <summary>The mail services, and what was just done to them.</summary>
/// <param name="Services">All of them.</param>
/// <param name="Made">One with an address made just now, shown this once; null otherwise.</param>
/// <param name="Forms">By form (add, key-7), the one that could not be taken.</param>
public sealed record ServicesView(IReadOnlyList<MailServiceDetails> Services, MailServiceAddress? Made = null, IReadOnlyDictionary<string, FormState>? Forms = null)
{
    /// <summary>The state of a form.</summary>
    public FormState Form(string name) => Forms?.GetValueOrDefault(name) ?? FormState.Fresh;

    /// <summary>The form that sets the key of a service.</summary>
    public static string KeyForm(long id) => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"key-{id}");
}
