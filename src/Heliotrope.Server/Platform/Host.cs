using System.Net;
using System.Text.Json;
using System.Text.Json.Serialization;
using Heliotrope.Server.Channels;
using Heliotrope.Server.Database;
using Heliotrope.Server.Database.Postgres;
using Heliotrope.Server.Database.Sqlite;
using Heliotrope.Server.Live;
using Heliotrope.Server.Mailboxes;
using Heliotrope.Server.Outbox;
using Heliotrope.Server.People;
using Heliotrope.Server.Settings;
using Heliotrope.Server.Spam;
using Heliotrope.Server.Teams;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Options;

namespace Heliotrope.Server.Platform;

/// <summary>Puts the process together.</summary>
internal static class Host
{
    /// <summary>Where the server really listens: known once it has started.</summary>
    internal sealed class Listening
    {
        public List<ListenOptions> Http { get; } = [];

        public ListenOptions? Smtp { get; set; }

        public IPEndPoint? SmtpEndPoint => Smtp?.IPEndPoint;

        /// <summary>Of an address or a Unix socket.</summary>
        public ListenOptions? Lmtp { get; set; }

        /// <summary>The first address as a browser on this machine can open it: "every address" is none.</summary>
        public Uri FirstUrl => Http[0].IPEndPoint is { Address: var address, Port: var port } && (address.Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any))
            ? new($"http://127.0.0.1:{port}")
            : new($"http://{Http[0].IPEndPoint}");
    }

    /// <summary>Everything but listening: what the command line uses when no server runs.</summary>
    public static void AddHeliotrope(this IServiceCollection services, ServerSettings settings)
    {
        services.AddSingleton(settings);
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton<LiveUpdates>().AddSingleton<Presence>();
        services.AddSingleton<IEngine>(_ => settings.Postgres is { } connection ? new PostgresEngine(connection) : new SqliteEngine(settings.SqliteFile));
        services.AddSingleton<Store>();
        services.AddScoped(provider => provider.GetRequiredService<Store>().Open());
        services.AddSingleton<Migrations>();
        services.AddCurrent(Organisation.Of).AddCurrent(TeamRules.Of).AddCurrent(BlockedSenders.Of).AddCurrent(Signing.SigningKeys.Of).AddCurrent(Reading.Lessons.Of).AddCurrent(Reading.KnownDrivers.Of).AddCurrent(Rules.RuleSet.Of).AddCurrent(LifeEvents.TrainedPeople.Of).AddCurrent(MailServices.KnownServices.Of);
        services.AddSingleton<PublicAddress>();
        services.AddSingleton(new Departure(settings.Smarthost is null ? OutboxState.Kept : OutboxState.Waiting));
        services.AddSingleton<RawMailStore>();
        services.AddSingleton(Conversations.PictureSources.Web).AddSingleton<Conversations.FetchPictures>();
        services.AddSingleton(MailServices.SnsWeb.Public);
        services.AddSingleton<FileMail>();
        services.AddSingleton<Intake>();
        services.AddMailboxes();
        services.AddSingleton<Signing.SignMail>().AddSingleton<SendByMachine>().AddSingleton(Signing.TxtRecords.OfTheWorld);
        services.AddOperations();
        services.AddIdentityCore<User>(ConfigureIdentity)
            .AddUserStore<UserOnlyStore<User, HeliotropeDb, long>>()
            .AddClaimsPrincipalFactory<DeskClaims>()
            .AddPasswordValidator<PasswordRules>()
            .AddSignInManager()
            .AddDefaultTokenProviders();
        services.AddDataProtection().SetApplicationName("Heliotrope");
        services.AddSingleton<IConfigureOptions<KeyManagementOptions>>(provider =>
            new ConfigureOptions<KeyManagementOptions>(options => options.XmlRepository = new DatabaseKeyRing(provider.GetRequiredService<Store>())));
    }

    /// <summary>Keeps what is set until it changes.</summary>
    private static IServiceCollection AddCurrent<T>(this IServiceCollection services, Func<HeliotropeDb, Task<T>> read)
        where T : class => services.AddSingleton(provider => new Current<T>(provider.GetRequiredService<LiveUpdates>(), () => provider.GetRequiredService<Store>().Read(read)));

    /// <summary>The whole server. <paramref name="replace"/> puts other services into the place of the usual ones: tests bring a clock of their own.</summary>
    public static WebApplication Build(ServerSettings settings, string socket, Action<IServiceCollection>? replace = null)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory, ApplicationName = typeof(Host).Assembly.GetName().Name });
        builder.WebHost.UseStaticWebAssets();
        builder.Logging.ClearProviders();
        builder.Logging.AddSimpleConsole(console => console.SingleLine = true);
        builder.Services.Configure<Microsoft.Extensions.Logging.Console.ConsoleLoggerOptions>(console => console.LogToStandardErrorThreshold = LogLevel.Trace);
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.Logging.AddFilter("Heliotrope", LogLevel.Information);
        builder.Logging.AddFilter("Heliotrope.Server.People", LogLevel.Warning); // every visit without a cookie is not news
        builder.Logging.AddFilter("Microsoft.AspNetCore.Antiforgery", LogLevel.Error); // it warns that it forbids caching, as we do
        builder.Logging.AddFilter("Microsoft.AspNetCore.DataProtection", LogLevel.Error); // the key ring is in the database, which is as secret as the rest of it

        var listening = new Listening();
        builder.Services.AddSingleton(listening);
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => Listen(kestrel, settings, socket, listening));

        builder.Services.AddHeliotrope(settings);
        builder.Services.AddSingleton<SmtpIntake>().AddSingleton<MailCertificate>();
        builder.Services.AddHostedService(provider => provider.GetRequiredService<Intake>());
        builder.Services.AddHostedService<OutboxWorker>();
        builder.Services.AddHostedService(provider => provider.GetRequiredService<MailboxWorker>());
        builder.Services.AddHostedService(provider => provider.GetRequiredService<MailboxAlarm>());
        builder.Services.AddHostedService<Drafts.SendDrafts>();
        builder.Services.AddSingleton<Drafts.ClearUploads>().AddHostedService(provider => provider.GetRequiredService<Drafts.ClearUploads>());
        builder.Services.AddHostedService<PresenceWorker>();
        builder.Services.AddHostedService<Happiness.SilenceWorker>();
        builder.Services.AddSingleton<Recovery.LoseRecoveries>().AddHostedService(provider => provider.GetRequiredService<Recovery.LoseRecoveries>());
        builder.Services.AddHostedService<Conversations.SnoozeWorker>();
        builder.Services.AddHostedService(provider => provider.GetRequiredService<Imports.ImportWorker>());
        builder.Services.AddHostedService(provider => provider.GetRequiredService<Imports.ImportDryRuns>());
        builder.Services.AddHostedService<Teams.RecountWorker>();
        builder.Services.AddSingleton<Assignment.AssignWorker>().AddHostedService(provider => provider.GetRequiredService<Assignment.AssignWorker>());
        builder.Services.AddSingleton<Promises.PromiseWorker>().AddHostedService(provider => provider.GetRequiredService<Promises.PromiseWorker>());
        builder.Services.AddSingleton<Search.ReadFiles>().AddHostedService(provider => provider.GetRequiredService<Search.ReadFiles>());
        builder.Services.AddSingleton<Reading.ReadEarlier>().AddHostedService(provider => provider.GetRequiredService<Reading.ReadEarlier>());
        builder.Services.AddSingleton<Figures.FigureEarlier>().AddHostedService(provider => provider.GetRequiredService<Figures.FigureEarlier>());
        builder.Services.AddSingleton<Morning.MorningMailer>().AddHostedService(provider => provider.GetRequiredService<Morning.MorningMailer>());
        builder.Services.AddSingleton<Figures.PackDays>().AddHostedService(provider => provider.GetRequiredService<Figures.PackDays>());
        builder.Services.AddSingleton<Reading.LearnDrivers>().AddHostedService(provider => provider.GetRequiredService<Reading.LearnDrivers>());
        builder.Services.AddSingleton<Plays.SuggestPlays>().AddHostedService(provider => provider.GetRequiredService<Plays.SuggestPlays>());
        builder.Services.AddSingleton<NextQuestion.CountFollowUps>().AddHostedService(provider => provider.GetRequiredService<NextQuestion.CountFollowUps>());
        builder.Services.AddSingleton<Rules.RuleWorker>().AddHostedService(provider => provider.GetRequiredService<Rules.RuleWorker>());
        builder.Services.AddSingleton<Notifications.NotificationMailer>().AddHostedService(provider => provider.GetRequiredService<Notifications.NotificationMailer>());
        builder.Services.AddSingleton<Notifications.UnassignedWatch>().AddHostedService(provider => provider.GetRequiredService<Notifications.UnassignedWatch>());
        builder.Services.AddSingleton<LifeEvents.VerifyWorker>().AddHostedService(provider => provider.GetRequiredService<LifeEvents.VerifyWorker>());
        builder.Services.AddSingleton<Signing.CheckKeys>().AddHostedService(provider => provider.GetRequiredService<Signing.CheckKeys>());
        builder.Services.AddSingleton<Demo.DemoLoader>().AddHostedService(provider => provider.GetRequiredService<Demo.DemoLoader>());
        builder.Services.AddSingleton<Bulk.BulkWorker>().AddHostedService(provider => provider.GetRequiredService<Bulk.BulkWorker>());
        builder.Services.AddSingleton<Undo.ForgetUndo>().AddHostedService(provider => provider.GetRequiredService<Undo.ForgetUndo>());
        if (settings.Postgres is not null)
        {
            builder.Services.AddSingleton(provider => (PostgresEngine)provider.GetRequiredService<IEngine>());
            builder.Services.AddHostedService<PostgresListener>();
        }

        AddWeb(builder.Services, settings);
        replace?.Invoke(builder.Services);
        var app = builder.Build();
        app.Services.GetRequiredService<MailCertificate>(); // a wrong one stops the start, not the first connection
        Pipeline.Use(app);
        Endpoints.Map(app);
        return app;
    }

    /// <summary>Brings the database up to date and makes what the first start needs.</summary>
    public static async Task Prepare(IServiceProvider services, CancellationToken cancel)
    {
        await services.GetRequiredService<Migrations>().Run(cancel);
        await Organisation.Prepare(services.GetRequiredService<Store>(), cancel);
        services.GetRequiredService<Store>().Afterwards = services.GetRequiredService<Rules.RunRules>().After;
    }

    private static void AddWeb(IServiceCollection services, ServerSettings settings)
    {
        services.AddRazorComponents();
        services.AddAntiforgery(options =>
        {
            options.Cookie.Name = "heliotrope-form";
            options.Cookie.SameSite = SameSiteMode.Strict;
        });
        // Tokens in our forms differ in every answer and no page repeats what an address says, so that lengths betray neither
        // (BREACH); what streams is left alone.
        services.AddResponseCompression(options =>
        {
            options.EnableForHttps = true;
            options.MimeTypes = ["text/html", "text/css", "text/javascript", "image/svg+xml"];
        });
        services.AddSingleton<RateLimits>();
        services.AddProblemDetails();
        services.AddHttpContextAccessor();
        services.AddSingleton<Shell.AssetFiles>();
        services.AddOpenApi("v1", ApiDocument.Configure);
        services.ConfigureHttpJsonOptions(json =>
        {
            json.SerializerOptions.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.KebabCaseLower, allowIntegerValues: false));
            json.SerializerOptions.NumberHandling = JsonNumberHandling.Strict;
        });
        services.AddAuthentication(IdentityConstants.ApplicationScheme)
            .AddScheme<AuthenticationSchemeOptions, ApiKeyAuthentication>(ApiKeyAuthentication.Name, null)
            .AddScheme<AuthenticationSchemeOptions, LocalAuthentication>(LocalAuthentication.Name, null)
            .AddIdentityCookies(cookies => cookies.ApplicationCookie!.Configure(cookie =>
            {
                cookie.Cookie.Name = "heliotrope";
                cookie.Cookie.SameSite = SameSiteMode.Lax; // links in mail lead to the desk
                cookie.Cookie.SecurePolicy = settings.PublicUrl?.Scheme == Uri.UriSchemeHttps ? CookieSecurePolicy.Always : CookieSecurePolicy.SameAsRequest;
                cookie.ExpireTimeSpan = TimeSpan.FromDays(14);
                cookie.LoginPath = "/sign-in";
                cookie.ReturnUrlParameter = "returnUrl";
                cookie.Events.OnRedirectToAccessDenied = context =>
                {
                    context.Response.StatusCode = StatusCodes.Status403Forbidden;
                    return Task.CompletedTask;
                };
            }));
        services.AddAuthorization(Policies.Configure);
        services.Configure<SecurityStampValidatorOptions>(options => options.ValidationInterval = TimeSpan.FromMinutes(1));
    }

    private static void ConfigureIdentity(IdentityOptions options)
    {
        options.User.RequireUniqueEmail = true;
        options.User.AllowedUserNameCharacters = null!; // the name is the mail address, checked by EmailAddress
        options.Password = new() { RequiredLength = PasswordRules.MinLength, RequireDigit = false, RequireLowercase = false, RequireUppercase = false, RequireNonAlphanumeric = false, RequiredUniqueChars = 1 };
        options.Lockout.MaxFailedAccessAttempts = 10;
        options.Lockout.DefaultLockoutTimeSpan = TimeSpan.FromMinutes(5);
    }

    private static void Listen(KestrelServerOptions kestrel, ServerSettings settings, string socket, Listening listening)
    {
        kestrel.AddServerHeader = false;
        kestrel.Limits.MaxRequestBodySize = 2 * 1024 * 1024; // forms; intake raises it for itself
        foreach (var url in settings.Urls)
        {
            kestrel.Listen(ServerSettings.ListenAddress(url.IdnHost)!, url.Port, listening.Http.Add);
        }

        kestrel.ListenUnixSocket(socket, options => options.Use(next => connection =>
        {
            connection.Features.Set(new CameOverLocalSocket());
            return next(connection);
        }));
        if (settings.SmtpListen is var (host, port))
        {
            kestrel.Listen(ServerSettings.ListenAddress(host)!, port, options =>
            {
                listening.Smtp = options;
                options.UseConnectionHandler<SmtpIntake>();
            });
        }

        if (settings.LmtpListen is { } place)
        {
            kestrel.Listen(place, options =>
            {
                listening.Lmtp = options;
                options.Use(next => connection =>
                {
                    connection.Features.Set(new SpeaksLmtp());
                    return next(connection);
                });
                options.UseConnectionHandler<SmtpIntake>();
            });
        }
    }
}
