using System.CommandLine;
using Heliotrope.Core.Imports;
using Heliotrope.Core.People;
using Heliotrope.Server.Channels;
using Heliotrope.Server.Coach;
using Heliotrope.Server.Platform;
using Heliotrope.Server.Reading;

namespace Heliotrope.Server.Commands;

/// <summary>The command line: the same executable. Only the answer goes to standard output.</summary>
internal static class CommandLine
{
    public static Task<int> Run(string[] args)
    {
        var root = new RootCommand("Heliotrope: restores a customer's confidence, keeps the promises made to them, and removes the reasons they had to write.")
        {
            ServeCommand(), DeliverCommand(), UserCommand(), ApiKeyCommand(), InspectCommand(), EvaluateCommand(), ReplayCommand(), DemoCommand(), ImportCommand(), RecomputeCommand(),
        };
        return root.Parse(args).InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
    }

    private static Command ServeCommand()
    {
        var serve = new Command("serve", "Start the server. Settings come from the environment: see README.md.");
        serve.SetAction((_, cancel) => Failures.Explained(() => Serve.Run(ServerSettings.FromEnvironment(), cancel)));
        return serve;
    }

    private static Command DeliverCommand()
    {
        var to = new Option<string?>("--to") { Description = "The recipient, as the mail server knows it" };
        var deliver = new Command("deliver", "Take in one RFC 5322 message from standard input, for a mail server's pipe. Exits with 75 when it must be tried again.") { to };
        deliver.SetAction((parsed, cancel) => Deliver.Run(parsed.GetValue(to), Console.OpenStandardInput(), cancel));
        return deliver;
    }

    private static Command UserCommand()
    {
        var email = new Option<string>("--email") { Description = "The address they sign in with", Required = true };
        var name = new Option<string>("--name") { Description = "The name that customers and colleagues see", Required = true };
        var role = RoleOption();
        var fromInput = new Option<bool>("--password-stdin") { Description = "Read the password from the first line of standard input", Required = true };
        var add = new Command("add", "Make an account for a colleague") { email, name, role, fromInput };
        add.SetAction((parsed, cancel) => Failures.Explained(async () =>
        {
            var password = await Console.In.ReadLineAsync(cancel) ?? "";
            return await Local.AddUser(ServerSettings.FromEnvironment(), new(parsed.GetValue(email), parsed.GetValue(name), parsed.GetValue(role), password), cancel);
        }));
        return new Command("user", "Colleagues who can sign in") { add };
    }

    private static Command ApiKeyCommand()
    {
        var name = new Option<string>("--name") { Description = "What the key is for", Required = true };
        var role = RoleOption();
        var days = new Option<int?>("--days") { Description = "How long it works; 365 when not said" };
        var add = new Command("add", "Make a key for a program. The key is the last word printed, and shown this once.") { name, role, days };
        add.SetAction((parsed, cancel) => Failures.Explained(() =>
            Local.AddApiKey(ServerSettings.FromEnvironment(), new(parsed.GetValue(name), parsed.GetValue(role), parsed.GetValue(days)), cancel)));
        return new Command("apikey", "Keys for programs") { add };
    }

    private static Command InspectCommand()
    {
        var lines = new Option<bool>("--jsonl") { Description = "Read one {\"id\",\"input\",\"encoding\"} a line, write one object with the same id a line" };
        var mail = new Command("mail", "Read an RFC 5322 message from standard input and say as JSON what was understood") { lines };
        mail.SetAction(parsed => Inspect.Mail(Console.OpenStandardInput(), Console.Out, parsed.GetValue(lines)));
        var reply = new Command("reply-text", "Tell the new words of a plain-text reply from what it quotes") { lines };
        reply.SetAction(parsed => Inspect.ReplyText(Console.OpenStandardInput(), Console.Out, parsed.GetValue(lines)));
        return new Command("inspect", "Show how input is understood, without a database") { mail, reply, InspectMessageCommand(), InspectReplyCommand() };
    }

    private static Command InspectMessageCommand()
    {
        var lines = new Option<bool>("--jsonl") { Description = "Read one {\"id\",\"input\"} a line, write one object with the same id a line" };
        var message = new Command("message", "Say what is read in a customer's words: language, feeling, complaint, thanks, question, urgency, life event") { lines };
        message.SetAction(parsed => InspectMessage.Run(Console.OpenStandardInput(), Console.Out, parsed.GetValue(lines)));
        return message;
    }

    private static Command InspectReplyCommand()
    {
        var lines = new Option<bool>("--jsonl") { Description = "Read one object a line, write one object with the same id a line" };
        var reply = new Command("reply", "Say what the coach remarks in a reply and what it promises: reads {\"id\",\"customer\":{\"name\",\"language\"},\"message\",\"reply\",\"now\",\"zone\"}") { lines };
        reply.SetAction(parsed => InspectReply.Run(Console.OpenStandardInput(), Console.Out, TimeProvider.System, parsed.GetValue(lines)));
        return reply;
    }

    private static Command EvaluateCommand()
    {
        var train = new Option<string>("--train") { Description = "One {\"input\",\"expected\":{\"intent\"}} a line to learn from; a null intent is none of the drivers", Required = true };
        var test = new Option<string>("--test") { Description = "The same, to be asked about", Required = true };
        var drivers = new Command("drivers", "Learn drivers from one file and say as JSON how well they are told on another") { train, test };
        drivers.SetAction((parsed, cancel) => Failures.Explained(() => Evaluate.Drivers(parsed.GetValue(train)!, parsed.GetValue(test)!, Console.Out, Console.Error, cancel)));
        return new Command("evaluate", "Measure what learns from examples, without a database") { drivers };
    }

    private static Command ReplayCommand()
    {
        var files = new Argument<string[]>("file") { Description = "YAML or JSON, as docs/guide/replay.md says; several files are one history", Arity = ArgumentArity.OneOrMore };
        var replay = new Command("replay", "Play a history of dated events through the desk. Nothing of it is sent.") { files };
        replay.SetAction((parsed, cancel) => Failures.Explained(() => PlayIn.Run(ServerSettings.FromEnvironment(), parsed.GetValue(files)!, cancel)));
        return replay;
    }

    private static Command ImportCommand()
    {
        var files = new Argument<string[]>("file") { Description = "An mbox, an export of Zendesk or Freshdesk, a table of customers, an archive of such files, or a folder of mails; several are one import", Arity = ArgumentArity.OneOrMore };
        var source = new Option<ImportSource?>("--source") { Description = "mbox, zendesk, freshdesk or csv; found out from the files when not said" };
        var dry = new Option<bool>("--dry-run") { Description = "Say what would happen, and change nothing" };
        var import = new Command("import", "Take in what another desk held, and say as JSON what came of it. Nothing of it is sent.") { files, source, dry };
        import.SetAction((parsed, cancel) => Failures.Explained(() => ImportIn.Run(ServerSettings.FromEnvironment(), parsed.GetValue(files)!, parsed.GetValue(source), parsed.GetValue(dry), cancel)));
        return import;
    }

    private static Command DemoCommand()
    {
        var load = new Command("load", "Play the demo company in: a desk with a quarter of a year behind it");
        load.SetAction((_, cancel) => Failures.Explained(() => PlayIn.LoadDemo(ServerSettings.FromEnvironment(), cancel)));
        var remove = new Command("remove", "Take the demo company away, and nothing else");
        remove.SetAction((_, cancel) => Failures.Explained(() => Local.RemoveDemo(ServerSettings.FromEnvironment(), cancel)));
        return new Command("demo", "The demo company") { load, remove };
    }

    private static Command RecomputeCommand()
    {
        var check = new Option<bool>("--check") { Description = "Change nothing; exit with 1 when anything that is kept differs from what the entries say" };
        var recompute = new Command("recompute", "Count all figures from the entries again, and say as JSON where what was kept differed") { check };
        recompute.SetAction((parsed, cancel) => Failures.Explained(() => Local.Recompute(ServerSettings.FromEnvironment(), new(parsed.GetValue(check)), cancel)));
        return recompute;
    }

    private static Option<Role?> RoleOption()
    {
        var option = new Option<Role?>("--role") { Description = "light, agent, lead or admin", Required = true };
        option.CustomParser = result =>
        {
            if (Enum.TryParse<Role>(result.Tokens[0].Value, ignoreCase: true, out var role) && result.Tokens[0].Value.All(char.IsLetter)) // no number and no list, both of which an enum would read
            {
                return role;
            }

            result.AddError($"\"{result.Tokens[0].Value}\" is no role: allowed are light, agent, lead, admin.");
            return null;
        };
        return option;
    }
}
