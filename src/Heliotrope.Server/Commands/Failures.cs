using System.Data.Common;
using System.Net.Sockets;
using Heliotrope.Server.Platform;
using Microsoft.EntityFrameworkCore;

namespace Heliotrope.Server.Commands;

/// <summary>What a person at the console can mend is said in a sentence; anything else is a defect and shows its trace.</summary>
internal static class Failures
{
    public static async Task<int> Explained(Func<Task<int>> run)
    {
        try
        {
            return await run();
        }
        catch (Exception e) when (e is SettingException or InvalidOperationException or IOException or UnauthorizedAccessException or DbException or DbUpdateException or SocketException or HttpRequestException)
        {
            await Console.Error.WriteLineAsync($"heliotrope: {e.Message}{(e.InnerException is { } inner ? $" ({inner.Message})" : "")}");
            return 1;
        }
    }
}
