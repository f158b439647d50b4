using System.Globalization;
using Heliotrope.Core;
using Heliotrope.Server.Conversations;
using Heliotrope.Server.Platform;
using Heliotrope.Server.Shell;
using Microsoft.AspNetCore.Mvc;

namespace Heliotrope.Server.Mailboxes;

/// <summary>The pages about mailboxes and their forms.</summary>
internal static class MailboxEndpoints
{
    public const string Path = "/settings/mailboxes";

    public static void Map(IEndpointRouteBuilder admin)
    {
        admin.MapGet("/mailboxes", (Screen screen, HttpContext http) => screen.All(http));
        admin.MapGet("/mailboxes/new", (Pages pages, HttpContext http) => Pages.Component<ConnectMailboxPage>(new { Viewer = pages.Viewer(http), View = new ConnectView(FormState.Fresh) }));
        admin.MapPost("/mailboxes/find", ([FromForm] string? address, Screen screen, HttpContext http) => screen.Find(http, address));
        admin.MapPost("/mailboxes", (Screen screen, HttpContext http) => screen.Connect(http));
        admin.MapGet("/mailboxes/{id:long}", async (long id, Screen screen, HttpContext http) => await screen.One(http, id));
        admin.MapGet("/mailboxes/{id:long}/conversations", (long id, string? lately, long? before, Screen screen, HttpContext http) => screen.Behind(http, id, lately is "yes", before));
        admin.MapPost("/mailboxes/{id:long}", (long id, Screen screen, HttpContext http) => screen.Change(http, id));
        admin.MapPost("/mailboxes/{id:long}/look", async (long id, ChangeMailbox change, HttpContext http) => Back(id, (await change.LookNow(http.Actor(), id, http.RequestAborted)).Refusal));
        admin.MapPost("/mailboxes/{id:long}/pause", async (long id, [FromForm] string? paused, ChangeMailbox change, HttpContext http) =>
            Back(id, (await change.Run(http.Actor(), id, new(Paused: paused == "yes"), http.RequestAborted)).Refusal));
        admin.MapPost("/mailboxes/{id:long}/test", async (long id, ChangeMailbox change, HttpContext http) => Back(id, (await change.Test(http.Actor(), id, http.RequestAborted)).Refusal));
        admin.MapPost("/mailboxes/{id:long}/old-mail", async (long id, [FromForm] string? choice, [FromForm] string? since, ChangeMailbox change, Screen screen, HttpContext http) =>
        {
            var refusal = (await change.OldMail(http.Actor(), id, new(Codes.Find<OldMailChoice>(choice), MailboxForms.Day(since, Zone.Here)), http.RequestAborted)).Refusal;
            return refusal is { Kind: RefusalKind.Invalid } ? await screen.One(http, id, oldMail: Pages.Again(refusal with { Field = "since" }, ("since", since), ("choice", choice))) : Back(id, refusal);
        });
        admin.MapPost("/mailboxes/{id:long}/set-aside/{aside:long}/fetch", async (long id, long aside, ChangeMailbox change, HttpContext http) =>
            Back(id, (await change.FetchAside(http.Actor(), id, aside, http.RequestAborted)).Refusal));
        admin.MapPost("/mailboxes/{id:long}/remove", async (long id, ChangeMailbox change, HttpContext http) =>
            (await change.Remove(http.Actor(), id, http.RequestAborted)).Refusal is { } refusal ? Pages.Refused(refusal) : Results.LocalRedirect(Path));
        admin.MapPost("/mailboxes/providers/{provider}", async (string provider, [FromForm] string? clientId, [FromForm] string? clientSecret, RegisterProvider register, Screen screen, HttpContext http) =>
            (await register.Run(http.Actor(), provider, new(clientId, clientSecret), http.RequestAborted)).Refusal is { } refusal
                ? await screen.All(http, new Dictionary<string, FormState> { [provider] = Pages.Again(refusal, ("clientId", clientId)) })
                : Results.LocalRedirect(Path));
        admin.MapPost("/mailboxes/sign-in/{provider}", async (string provider, [FromForm] string? address, [FromForm] string? readOnly, SignInAtProvider signIn, HttpContext http) =>
            (await signIn.Begin(http, provider, address, readOnly: readOnly == "yes")).Match(begun => ToProvider(http, begun.Provider, begun.Url), Pages.Refused));
        admin.MapGet("/mailboxes/signed-in", async (string? code, string? state, string? error, SignInAtProvider signIn, Screen screen, HttpContext http) =>
        {
            (MailboxTrial Trial, string Address)? failed = null;
            var finished = await signIn.Finish(http, code, state, error, (trial, address) => failed = (trial, address));
            return failed is { } what ? await screen.SignedIn(http, what.Address, what.Trial) : finished.Match(mailbox => Results.LocalRedirect($"{Path}/{mailbox.Id}"), Pages.Refused);
        });
    }

    /// <summary>What a mailbox brought: in all, or within the hours that are shown.</summary>
    public static string Brought(long id, bool lately) => string.Create(CultureInfo.InvariantCulture, $"{Path}/{id}/conversations{(lately ? "?lately=yes" : "")}");

    private static IResult ToProvider(HttpContext http, OAuthProvider provider, string url)
    {
        http.Response.Headers["Refresh"] = $"0; url={url}";
        return Pages.Component<ToProviderPage>(new { provider.Label, Url = url });
    }

    private static IResult Back(long id, Refusal? refusal) => refusal is null ? Results.LocalRedirect($"{Path}/{id}") : Pages.Refused(refusal);

    /// <summary>The pages, as they stand and after something was done.</summary>
    internal sealed class Screen(ListMailboxes list, ConnectMailbox connect, ChangeMailbox change, FindServers find, OAuthProviders providers, PublicAddress address, Pages pages)
    {
        public async Task<IResult> All(HttpContext http, IReadOnlyDictionary<string, FormState>? forms = null)
        {
            var known = new List<SignInView>();
            foreach (var provider in providers.All)
            {
                known.Add(await SignIn(provider, http.RequestAborted));
            }

            return (await list.Run(http.Actor())).Match(
                mailboxes => Pages.Form<MailboxesPage>(
                    new { Viewer = pages.Viewer(http), View = new MailboxesView(mailboxes, known, forms ?? new Dictionary<string, FormState>(), address.For(SignInAtProvider.ReturnPath)) }, again: forms is not null),
                Pages.Refused);
        }

        public async Task<IResult> Find(HttpContext http, string? address)
        {
            var typed = address?.Trim() ?? "";
            if (new MailboxBody(typed).Parsed is not { } parsed)
            {
                return Pages.Form<ConnectMailboxPage>(
                    new { Viewer = pages.Viewer(http), View = new ConnectView(Pages.Again(Refusal.Invalid("address.malformed", "This is not a mail address.", "address"), ("address", typed))) }, again: true);
            }

            var found = await find.Find(parsed.Value, http.RequestAborted);
            var isFound = found is { Incoming: not null } or { Outgoing: not null };
            var words = isFound ? Words.T("mailboxes.found." + Codes.Of(found!.By), ProviderHelp.For(found.Provider)?.Name) : Words.T("mailboxes.found.nothing");
            return Pages.Form<ConnectMailboxPage>(new { Viewer = pages.Viewer(http), View = await View(http, MailboxForms.Of(parsed.Value, found), found, null) with { Found = words, IsFound = isFound } }, again: true);
        }

        /// <summary>The provider has let somebody sign in, and one of its servers lets us do less than it says.</summary>
        public async Task<IResult> SignedIn(HttpContext http, string address, MailboxTrial trial)
        {
            var found = await find.Find(address, http.RequestAborted);
            static TrialTrouble? OfSignIn(TrialTrouble? trouble) => trouble is { Code: "not-accepted" } ? trouble with { Code = "other-account" } : trouble; // there is no password that could be wrong
            return Pages.Form<ConnectMailboxPage>(
                new { Viewer = pages.Viewer(http), View = await View(http, MailboxForms.Of(address, found), found, trial with { Imap = OfSignIn(trial.Imap), Smtp = OfSignIn(trial.Smtp) }) }, again: true);
        }

        public async Task<IResult> Connect(HttpContext http)
        {
            var form = await http.Request.ReadFormAsync(http.RequestAborted);
            var body = MailboxForms.Read(form);
            var tried = await connect.Try(http.Actor(), body, http.RequestAborted);
            var kept = tried is { Refusal: null, Value.IsWell: true } ? await connect.Save(http.Actor(), body, tried.Value, http.RequestAborted) : default(Result<MailboxDetails>?);
            if (kept is { Refusal: null } done)
            {
                return Results.LocalRedirect($"{Path}/{done.Value.Id}");
            }

            var refusal = tried.Refusal ?? kept?.Refusal;
            var found = Providers.Named(MailboxForms.Servers(body)); // for the words about its provider
            return Pages.Form<ConnectMailboxPage>(
                new { Viewer = pages.Viewer(http), View = await View(http, MailboxForms.Again(form, refusal), found, tried.Match<MailboxTrial?>(trial => kept is null ? trial : null, _ => null)) }, again: true);
        }

        public async Task<IResult> One(HttpContext http, long id, IFormCollection? form = null, Refusal? refusal = null, MailboxTrial? trial = null, FormState? oldMail = null) =>
            (await list.Open(http.Actor(), id)).Match(
                mailbox => Pages.Form<MailboxPage>(
                    new
                    {
                        Viewer = pages.Viewer(http),
                        View = new MailboxView(
                            mailbox, form is null ? MailboxForms.Of(mailbox) : MailboxForms.Again(form, refusal), TrialView.Of(trial), oldMail ?? MailboxForms.OldMail(mailbox),
                            providers.Find(mailbox.Servers.Provider) is { } provider ? new(provider.Name, provider.Label, null) : null),
                    },
                    again: form is not null || oldMail is not null),
                Pages.Refused);

        public async Task<IResult> Behind(HttpContext http, long id, bool lately, long? before)
        {
            var (mailbox, rows) = (await list.Open(http.Actor(), id), await list.Behind(http.Actor(), id, lately, before));
            return (mailbox.Refusal ?? rows.Refusal) is { } refusal ? Pages.Refused(refusal) : Pages.Component<BehindPage>(new
            {
                Viewer = pages.Viewer(http),
                Title = Words.T(lately ? "mailboxes.behind.lately" : "mailboxes.behind", mailbox.Value.Address),
                Section = "settings",
                Rows = rows.Value,
                Back = $"{Path}/{id}",
                BackWords = mailbox.Value.Address,
                Address = Brought(id, lately),
            });
        }

        public async Task<IResult> Change(HttpContext http, long id)
        {
            var form = await http.Request.ReadFormAsync(http.RequestAborted);
            MailboxTrial? trial = null;
            var refusal = (await change.Run(http.Actor(), id, MailboxForms.Read(form), http.RequestAborted, tried => trial = tried)).Refusal;
            return refusal is null ? Results.LocalRedirect($"{Path}/{id}")
                : refusal.Kind is RefusalKind.NotFound or RefusalKind.Forbidden ? Pages.Refused(refusal)
                : await One(http, id, form, trial is null ? refusal : null, trial);
        }

        private async Task<ConnectView> View(HttpContext http, FormState form, MailServers? found, MailboxTrial? trial)
        {
            var help = ProviderHelp.For(found?.Provider);
            var provider = help is { SignIn: Mailboxes.SignIn.Provider or Mailboxes.SignIn.AppPasswordOrProvider } ? providers.ForHelp(help.Code) : null;
            return new(form, "", IsFound: false, HelpView.Of(help), TrialView.Of(trial), provider is null ? null : await SignIn(provider, http.RequestAborted));
        }

        private async Task<SignInView> SignIn(OAuthProvider provider, CancellationToken cancel) => new(provider.Name, provider.Label, (await providers.App(provider.Name, cancel))?.ClientId);
    }
}
