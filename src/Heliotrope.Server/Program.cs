return await Heliotrope.Server.Commands.CommandLine.Run(args);
