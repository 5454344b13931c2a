import Benchpresso

Program.main()
