using Heliotrope.Server.Database;
using Heliotrope.Server.Platform;
using Heliotrope.Server.Setup;
using Host = Heliotrope.Server.Platform.Host;

namespace Heliotrope.Server.Commands;

/// <summary>Starts the server and says on the console what to do next.</summary>
internal static class Serve
{
    public static async Task<int> Run(ServerSettings settings, CancellationToken cancel)
    {
        settings.CreateDataFolder();
        var socket = await LocalSocket.MakePlace(settings, cancel);
        await LocalSocket.MakePlaceForLmtp(settings, cancel);
        await using var app = Host.Build(settings, socket);
        await Host.Prepare(app.Services, cancel);
        await app.StartAsync(cancel);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(socket, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }

        LocalSocket.OpenLmtp(settings);
        var listening = app.Services.GetRequiredService<Host.Listening>();
        var address = app.Services.GetRequiredService<PublicAddress>();
        address.Serves(listening.FirstUrl);
        await Welcome(app.Services, settings, address, listening, cancel);
        await app.WaitForShutdownAsync(cancel);
        return 0;
    }

    private static async Task Welcome(IServiceProvider services, ServerSettings settings, PublicAddress address, Host.Listening listening, CancellationToken cancel)
    {
        var setup = await CompleteSetup.NewToken(services.GetRequiredService<Store>(), cancel);
        Console.WriteLine($"Heliotrope is ready at {address.Url}");
        Console.WriteLine($"  Data      {settings.DataFolder} ({(settings.Postgres is null ? "SQLite" : "with PostgreSQL")})");
        Console.WriteLine($"  Mail in   {(listening.SmtpEndPoint is { } smtp ? $"SMTP on {smtp}" : "not over SMTP")}{(listening.Lmtp is { } lmtp ? $", LMTP on {lmtp.EndPoint}" : "")}, ./heliotrope deliver < message.eml");
        Console.WriteLine($"  Mail out  {(settings.Smarthost is { } smarthost ? $"through {smarthost.Host}:{smarthost.Port}" : $"kept, not sent: see {address.For("/outbox")} (set HELIOTROPE_SMARTHOST to send)")}");
        Console.WriteLine(setup is null
            ? $"Next: sign in at {address.For("/sign-in")}"
            : $"Next: make the first administrator at {address.For($"/setup/{setup}")}");
        await Console.Out.FlushAsync(cancel);
    }
}
