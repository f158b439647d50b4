using System.Diagnostics;

namespace Heliotrope.Server.Tests.Shell;

public class ScriptsTests
{
    [Fact]
    public async Task The_scripts_pass_the_type_checker()
    {
        var start = new ProcessStartInfo("npm", ["run", "--silent", "check"]) { WorkingDirectory = Path.Combine(Sources.Root, "web"), RedirectStandardOutput = true };
        using var check = Process.Start(start)!;
        var said = await check.StandardOutput.ReadToEndAsync();
        await check.WaitForExitAsync();

        Assert.True(check.ExitCode == 0, said);
    }
}
