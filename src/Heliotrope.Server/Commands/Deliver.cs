using System.Net;
using System.Net.Http.Headers;
using Heliotrope.Core.Customers;
using Heliotrope.Server.Channels;
using Heliotrope.Server.Database;
using Heliotrope.Server.Platform;
using Heliotrope.Server.Settings;

namespace Heliotrope.Server.Commands;

/// <summary>
/// Takes one mail from a mail server's pipe. Exits with 0 only when it is on the disk; with the codes of sysexits.h otherwise:
/// 75 asks the mail server to try again, which is right for everything that is not the mail's own fault.
/// </summary>
internal static class Deliver
{
    private const int TryAgain = 75;
    private const int NoUser = 67;
    private const int BadData = 65;

    public static async Task<int> Run(string? to, Stream input, CancellationToken cancel)
    {
        try
        {
            var raw = await ReadAll(input, cancel);
            if (raw is null)
            {
                await Console.Error.WriteLineAsync($"heliotrope: the mail is empty or larger than {MailLimit.Bytes} bytes");
                return BadData;
            }

            return await Hand(ServerSettings.FromEnvironment(), to, raw, cancel);
        }
        catch (Exception e) when (e is not OutOfMemoryException) // the outermost loop of this command: whatever it was, the mail must not be lost
        {
            await Console.Error.WriteLineAsync($"heliotrope: not stored, try again: {e.Message}");
            return TryAgain;
        }
    }

    private static async Task<int> Hand(ServerSettings settings, string? to, byte[] raw, CancellationToken cancel)
    {
        using var server = await LocalSocket.Connect(settings, cancel);
        if (server is null)
        {
            return await Alone(settings, to, raw, cancel);
        }

        using var content = new ByteArrayContent(raw);
        content.Headers.ContentType = new MediaTypeHeaderValue("message/rfc822");
        using var answer = await server.PostAsync($"/local/mail{(to is null ? "" : $"?to={Uri.EscapeDataString(to)}")}", content, cancel);
        return answer.StatusCode switch
        {
            HttpStatusCode.OK => 0,
            HttpStatusCode.UnprocessableEntity => NoUser,
            _ => TryAgain,
        };
    }

    private static async Task<int> Alone(ServerSettings settings, string? to, byte[] raw, CancellationToken cancel)
    {
        await using var services = await Local.Services(settings, cancel);
        if (to is not null)
        {
            var organisation = await services.GetRequiredService<Store>().Read(Organisation.Of);
            if (!EmailAddress.TryParse(to, out var recipient) || !organisation.Accepts(recipient))
            {
                return NoUser;
            }
        }

        await services.GetRequiredService<Intake>().AcceptAlone(new(raw, "", to is null ? [] : [to], "pipe"), cancel);
        return 0;
    }

    private static async Task<byte[]?> ReadAll(Stream input, CancellationToken cancel)
    {
        using var all = new MemoryStream();
        var buffer = new byte[64 * 1024];
        for (int read; (read = await input.ReadAsync(buffer, cancel)) > 0;)
        {
            all.Write(buffer, 0, read);
            if (all.Length > MailLimit.Bytes)
            {
                return null;
            }
        }

        return all.Length == 0 ? null : all.ToArray();
    }
}
