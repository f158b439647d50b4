using Microsoft.EntityFrameworkCore;
var f = args[0];
System.IO.File.WriteAllText(f + "/s.sql", new Heliotrope.Server.Database.Sqlite.SqliteEngine("/tmp/x.db").Open().Database.GenerateCreateScript());
System.IO.File.WriteAllText(f + "/p.sql", new Heliotrope.Server.Database.Postgres.PostgresEngine("Host=127.0.0.1").Open().Database.GenerateCreateScript());
